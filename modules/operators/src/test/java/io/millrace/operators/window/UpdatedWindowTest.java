// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.window.ContinuousProcessingTimeTrigger;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.LateRecordSample;
import io.millrace.operators.builtin.FakeCodecs;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows that are kept after they fired, and what functions can keep and ask. */
class UpdatedWindowTest {
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);
    private static final ReduceFunction<Long> SUM = Long::sum;
    private static final WindowAssigner<Long, TimeWindow> TEN = TumblingEventTimeWindows.of(Duration.ofMillis(10));
    private static final WindowBody SUMS = new WindowBody.Reducing(SUM, null, null);

    private static OperatorHarness harness(WindowAssigner<Long, ?> assigner, WindowBody body, Lateness<Long> lateness)
            throws Exception {
        return OperatorHarness.keyed(new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs())
                .create(new OperatorSpec.WindowSpec(assigner, body, lateness, null, null)));
    }

    private static Lateness<Long> fiveMore() {
        return Lateness.<Long>update(Duration.ofMillis(5)).thenToSideOutput(LATE);
    }

    @Test
    void aRecordAtTheEndOfAWindowBelongsToTheNext() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, fiveMore());
        harness.process("a", 1L, 9);
        harness.process("a", 2L, 10);
        harness.advance(Timestamps.END);
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 9), new Emitted(2L, 19));
    }

    @Test
    void aWatermarkAtTheLastTimestampFires() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, fiveMore());
        harness.process("a", 1L, 3);
        harness.advance(8);
        assertThat(harness.records()).isEmpty();
        harness.advance(9);
        assertThat(harness.records()).containsExactly(1L);
    }

    @Test
    void aLateRecordFiresAtOnceWithAllThatTheWindowHolds() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, fiveMore());
        harness.process("a", 1L, 3);
        harness.advance(9);
        harness.process("a", 10L, 4);
        harness.process("a", 100L, 5);
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 9), new Emitted(11L, 9), new Emitted(111L, 9));
        harness.advance(Timestamps.END);
        assertThat(harness.emitted()).hasSize(3);
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void aWindowThatHadNothingIsUpdatedToo() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, fiveMore());
        harness.advance(12);
        harness.process("a", 1L, 3);
        assertThat(harness.records()).containsExactly(1L);
        harness.advance(14);
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void latenessEqualToTheBoundIsTooLate() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, fiveMore());
        harness.process("a", 1L, 3);
        harness.advance(13);
        harness.process("a", 2L, 3);
        harness.advance(14);
        harness.process("a", 4L, 3);
        assertThat(harness.records()).containsExactly(1L, 3L);
        assertThat(harness.side("late")).containsExactly(new Emitted(4L, 3));
        assertThat(harness.stateSize()).isZero();
    }

    /** Collects records; the list that it fills is its result. */
    private static final class Collecting implements AggregateFunction<Long, ArrayList<Long>, ArrayList<Long>> {
        @Override
        public ArrayList<Long> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public ArrayList<Long> add(Long record, ArrayList<Long> list) {
            list.add(record);
            return list;
        }

        @Override
        public ArrayList<Long> getResult(ArrayList<Long> list) {
            return list;
        }

        @Override
        public ArrayList<Long> merge(ArrayList<Long> left, ArrayList<Long> right) {
            left.addAll(right);
            return left;
        }
    }

    @Test
    void aResultStaysAsItWasEmittedWhereItIsTheAccumulator() throws Exception {
        Duration ten = Duration.ofMillis(10);
        for (WindowAssigner<Long, ?> assigner : List.of(
                TEN,
                EventTimeSessionWindows.<Long>withGap(ten),
                SlidingEventTimeWindows.<Long>of(ten, Duration.ofMillis(5)),
                CumulativeEventTimeWindows.<Long>of(ten, Duration.ofMillis(5)))) {
            for (Lateness<Long> lateness : List.of(fiveMore(), Lateness.<Long>drop())) {
                OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                        assigner, new WindowBody.Aggregating(new Collecting(), null, null), lateness, null, null);
                OperatorHarness harness = OperatorHarness.keyed(
                        new WindowOperators(OperatorHarness.SPECIALISER, Codecs::forTypeOrSelfDescribing).create(spec));
                List<Object> emitted = new ArrayList<>();
                for (long time = 0; time < 20; time += 2) {
                    harness.process("a", time, time);
                    harness.advance(time + 1);
                    harness.process("a", 100 + time, Math.max(0, time - 1));
                    List<Object> records = harness.records();
                    records.subList(emitted.size(), records.size())
                            .forEach(record -> emitted.add(new ArrayList<>((List<?>) record)));
                }
                assertThat(harness.records()).as("%s%s", assigner, lateness).isEqualTo(emitted);
            }
        }
    }

    @Test
    void updatesForeverAreNoOverflow() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, Lateness.update(Duration.ofMillis(Long.MAX_VALUE)));
        harness.process("a", 1L, 3);
        harness.advance(1_000_000);
        harness.process("a", 2L, 3);
        assertThat(harness.records()).containsExactly(1L, 3L);
        assertThat(harness.lateRecords()).isZero();
    }

    @Test
    void aLateRecordMayJoinASessionWithOneThatHasFired() throws Exception {
        OperatorHarness harness = harness(EventTimeSessionWindows.withGap(Duration.ofMillis(10)), SUMS, fiveMore());
        harness.process("a", 1L, 0);
        harness.process("a", 2L, 18);
        harness.advance(12);
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 9));
        harness.process("a", 4L, 9);
        harness.advance(26);
        assertThat(harness.emitted()).hasSize(1);
        harness.advance(27);
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 9), new Emitted(7L, 27));
        harness.advance(32);
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void latenessOfASessionCountsForTheMergedOne() throws Exception {
        OperatorHarness harness = harness(EventTimeSessionWindows.withGap(Duration.ofMillis(10)), SUMS, fiveMore());
        harness.process("a", 1L, 10);
        harness.advance(20);
        // By itself [4, 14) it is too late, but the session [4, 20) is kept until 24.
        harness.process("a", 2L, 4);
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 19), new Emitted(3L, 19));
        harness.advance(24);
        harness.process("a", 4L, 4);
        assertThat(harness.side("late")).containsExactly(new Emitted(4L, 4));
    }

    @Test
    void theLastLateRecordsAreKeptToLookAt() throws Exception {
        OperatorHarness harness = harness(TEN, SUMS, Lateness.drop());
        harness.advance(50);
        for (long number = 1; number <= 13; number++) {
            harness.process("key", number, number);
        }
        assertThat(harness.lateRecords()).isEqualTo(13);
        assertThat(harness.lateRecordSample()).hasSize(10);
        assertThat(harness.lateRecordSample().get(0))
                .isEqualTo(new LateRecordSample.Entry("under test", "key", "4", 4, 50));
        assertThat(harness.lateRecordSample().get(9).record()).isEqualTo("13");
    }

    @Test
    void longAndBrokenRecordsAreCutInTheSample() {
        LateRecordSample sample = new LateRecordSample();
        sample.add("op", "k", "x".repeat(5_000), 1, 2);
        sample.add(
                "op",
                "k",
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no text");
                    }
                },
                1,
                2);
        assertThat(sample.entries().get(0).record()).hasSizeLessThan(300);
        assertThat(sample.entries().get(1).record()).contains("whose toString throws");
    }

    /** Counts how often its window and its key fired. */
    private static final class Counting implements ProcessWindowFunction<Long, String, String, Window> {
        private static final ValueStateDescriptor<Long> FIRED = new ValueStateDescriptor<>("fired", Long.class);

        private final List<String> cleared = new ArrayList<>();

        @Override
        public void process(String key, Context<Window> context, Iterable<Long> contents, Collector<String> out) {
            out.collect(key + contents.iterator().next() + " "
                    + next(context.windowState().getState(FIRED)) + " "
                    + next(context.globalState().getState(FIRED)) + " " + context.currentWatermark());
        }

        private static long next(ValueState<Long> state) {
            Long before = state.value();
            long now = before == null ? 1 : before + 1;
            state.update(now);
            return now;
        }

        @Override
        public void clear(String key, Context<Window> context) {
            cleared.add(key + context.window().maxTimestamp());
            context.windowState().getState(FIRED).clear();
        }
    }

    @Test
    void functionsKeepStateForTheirWindowAndForTheirKey() throws Exception {
        Counting counting = new Counting();
        OperatorHarness harness = harness(TEN, new WindowBody.Reducing(SUM, null, counting), fiveMore());
        harness.process("a", 1L, 3);
        harness.advance(9);
        harness.process("a", 1L, 3);
        harness.process("a", 1L, 13);
        assertThat(counting.cleared).isEmpty();
        harness.advance(19);
        assertThat(harness.records()).containsExactly("a1 1 1 9", "a2 2 2 9", "a1 1 3 19");
        assertThat(counting.cleared).containsExactly("a9");
        harness.advance(24);
        assertThat(counting.cleared).containsExactly("a9", "a19");
        assertThat(harness.stateSize()).as("the key's own").isEqualTo(1);
    }

    @Test
    void windowsThatFireOnceClearTheirStateToo() throws Exception {
        Counting counting = new Counting();
        OperatorHarness harness = harness(TEN, new WindowBody.Reducing(SUM, null, counting), Lateness.drop());
        harness.process("a", 1L, 3);
        harness.process("a", 1L, 13);
        harness.advance(19);
        assertThat(harness.records()).containsExactly("a1 1 1 19", "a1 1 2 19");
        assertThat(counting.cleared).containsExactly("a9", "a19");
        assertThat(harness.stateSize()).isEqualTo(1);
    }

    @Test
    void functionsReduceInTheStateOfAWindow() throws Exception {
        ReducingStateDescriptor<Long> whole = new ReducingStateDescriptor<>("whole", Long::sum, Long.class);
        ProcessWindowFunction<Long, Object, String, TimeWindow> function = (key, context, contents, out) -> {
            ReducingState<Long> ofWindow = context.windowState().getReducingState(whole);
            ReducingState<Long> ofKey = context.globalState().getReducingState(whole);
            for (Long number : contents) {
                ofWindow.add(number);
                ofKey.add(number);
            }
            out.collect(ofWindow.get() + " " + ofKey.get());
        };
        OperatorHarness harness = harness(TEN, new WindowBody.Reducing(SUM, null, function), fiveMore());
        harness.process("a", 1L, 3);
        harness.advance(9);
        harness.process("a", 1L, 3);
        harness.process("a", 1L, 13);
        harness.advance(19);
        assertThat(harness.records()).containsExactly("1 1", "3 3", "1 4");
    }

    @Test
    void windowsThatMergeHaveNoStateOfTheirOwn() throws Exception {
        for (Lateness<Long> lateness : List.of(Lateness.<Long>drop(), fiveMore())) {
            OperatorHarness harness = harness(
                    EventTimeSessionWindows.withGap(Duration.ofMillis(10)),
                    new WindowBody.Reducing(SUM, null, new Counting()),
                    lateness);
            harness.process("a", 1L, 3);
            assertThatThrownBy(() -> harness.advance(20))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("globalState()");
        }
    }

    @Test
    void windowsOfTheClockFireWhenItReachesTheirEnd() throws Exception {
        OperatorHarness harness =
                harness(TumblingProcessingTimeWindows.of(Duration.ofMillis(10)), SUMS, Lateness.drop());
        harness.process("a", 1L, Timestamps.NONE);
        harness.passTime(Duration.ofMillis(8));
        harness.process("a", 2L, 77);
        assertThat(harness.records()).isEmpty();
        harness.passTime(Duration.ofMillis(1));
        assertThat(harness.emitted()).containsExactly(new Emitted(3L, 1_009));
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void windowsOfTheClockFireWhatTheyHoldWhenTheInputEnds() throws Exception {
        OperatorHarness harness =
                harness(TumblingProcessingTimeWindows.of(Duration.ofMillis(10)), SUMS, Lateness.drop());
        harness.process("a", 1L, 0);
        harness.process("b", 2L, 0);
        harness.setRoom(1);
        harness.advance(Timestamps.END);
        assertThat(harness.endInput()).isFalse();
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 1_009));
        harness.setRoom(9);
        assertThat(harness.endInput()).isTrue();
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 1_009), new Emitted(2L, 1_009));
    }

    @Test
    void windowsOfTheClockAreWokenForAfterARestore() throws Exception {
        WindowAssigner<Long, TimeWindow> clock = TumblingProcessingTimeWindows.of(Duration.ofMillis(10));
        OperatorHarness before = harness(clock, SUMS, Lateness.drop());
        before.process("a", 1L, 0);
        OperatorHarness after = OperatorHarness.keyed(
                new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs())
                        .create(new OperatorSpec.WindowSpec(clock, SUMS, Lateness.drop(), null, null)),
                before.snapshot(1));
        after.passTime(Duration.ofMillis(9));
        assertThat(after.emitted()).containsExactly(new Emitted(1L, 1_009));
    }

    @Test
    @Timeout(30)
    void whenTheInputEndsNoNewTimesOfTheClockAreWaitedFor() throws Exception {
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                GlobalWindows.<Long>create(),
                SUMS,
                Lateness.drop(),
                ContinuousProcessingTimeTrigger.of(Duration.ofMillis(4)),
                null);
        OperatorHarness harness =
                OperatorHarness.keyed(new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs()).create(spec));
        harness.process("a", 1L, 0);
        harness.passTime(Duration.ofMillis(6));
        assertThat(harness.records()).containsExactly(1L);
        harness.process("a", 2L, 0);
        assertThat(harness.endInput()).isTrue();
        assertThat(harness.records()).containsExactly(1L, 3L);
    }

    @Test
    void globalWindowsMayFireAtTheEnd() throws Exception {
        WindowAssigner<Long, GlobalWindow> all = GlobalWindows.createWithEndOfStreamTrigger();
        OperatorHarness harness = harness(all, SUMS, Lateness.drop());
        harness.process("a", 1L, 5);
        harness.advance(1_000);
        harness.process("a", 2L, 4);
        harness.advance(Timestamps.END - 1);
        assertThat(harness.records()).isEmpty();
        harness.advance(Timestamps.END);
        assertThat(harness.emitted()).containsExactly(new Emitted(3L, Timestamps.END));
    }
}
