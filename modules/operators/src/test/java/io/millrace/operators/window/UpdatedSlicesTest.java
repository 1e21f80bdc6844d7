// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.FakeCodecs;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that are put together from slices of time, and kept for late records. */
class UpdatedSlicesTest {
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);
    private static final long LIMIT = Long.MAX_VALUE / 4;
    private static final ReduceFunction<Long> SUM = Long::sum;
    private static final WindowBody SUMS = new WindowBody.Reducing(SUM, null, null);
    private static final WindowAssigner<Long, TimeWindow> SLIDING =
            SlidingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(5));
    private static final WindowAssigner<Long, TimeWindow> CUMULATIVE =
            CumulativeEventTimeWindows.of(Duration.ofMillis(15), Duration.ofMillis(5));

    private static Operator operator(WindowAssigner<Long, ?> assigner, WindowBody body, Lateness<Long> lateness) {
        return new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs())
                .create(new OperatorSpec.WindowSpec(assigner, body, lateness, null, null));
    }

    private static OperatorHarness harness(WindowAssigner<Long, ?> assigner, WindowBody body, long allowedMs)
            throws Exception {
        Lateness<Long> lateness = Lateness.toSideOutput(LATE);
        return OperatorHarness.keyed(operator(assigner, body, lateness.withUpdates(Duration.ofMillis(allowedMs))));
    }

    private static Emitted emitted(long value, long timestamp) {
        return new Emitted(value, timestamp);
    }

    @Test
    void foldedWindowsOfEventTimeAreMadeOfSlices() {
        WindowAssigner<Long, TimeWindow> tumbling = TumblingEventTimeWindows.of(Duration.ofMillis(5));
        for (Lateness<Long> lateness : List.of(Lateness.<Long>drop(), Lateness.<Long>update(Duration.ofMillis(1)))) {
            assertThat(operator(SLIDING, SUMS, lateness).getClass().getName()).contains("GridWindow");
            assertThat(operator(tumbling, SUMS, lateness).getClass().getName()).contains("GridWindow");
            assertThat(operator(CUMULATIVE, SUMS, lateness).getClass().getName())
                    .contains("CumulativeWindow");
        }
    }

    @Test
    void cumulativeWindowsBeginAgainWhenTheLongestHasEnded() throws Exception {
        OperatorHarness harness = harness(CUMULATIVE, SUMS, 0);
        harness.process("a", 1L, 4);
        harness.process("a", 2L, 5);
        harness.process("a", 4L, 15);
        harness.advance(Timestamps.END);
        assertThat(harness.emitted())
                .containsExactly(
                        emitted(1, 4), emitted(3, 9), emitted(3, 14), emitted(4, 19), emitted(4, 24), emitted(4, 29));
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void aRecordThatIsLateForTheFirstCumulativeWindowsIsInTheOthers() throws Exception {
        OperatorHarness harness = harness(CUMULATIVE, SUMS, 0);
        harness.process("a", 1L, 2);
        harness.advance(9);
        harness.process("a", 2L, 3);
        harness.process("b", 4L, 3);
        harness.advance(13);
        assertThat(harness.emitted()).containsExactly(emitted(1, 4), emitted(1, 9));
        harness.advance(14);
        assertThat(harness.emitted()).endsWith(emitted(3, 14), emitted(4, 14)).hasSize(4);
        harness.process("a", 8L, 14);
        assertThat(harness.side("late")).containsExactly(emitted(8, 14));
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void aLateRecordUpdatesTheCumulativeWindowsThatHaveFiredAndAreKept() throws Exception {
        OperatorHarness harness = harness(CUMULATIVE, SUMS, 5);
        harness.process("a", 1L, 2);
        harness.advance(9);
        harness.emitted().clear();
        // The first window is kept until 9, the second until 14; the third is to come.
        harness.process("a", 2L, 3);
        assertThat(harness.emitted()).containsExactly(emitted(3, 9));
        harness.advance(19);
        assertThat(harness.emitted()).containsExactly(emitted(3, 9), emitted(3, 14));
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void aLateRecordUpdatesTheSlidingWindowsThatHaveFiredTheLatestFirst() throws Exception {
        OperatorHarness harness = harness(SLIDING, SUMS, 20);
        harness.process("a", 1L, 3);
        harness.process("a", 2L, 6);
        harness.advance(9);
        assertThat(harness.emitted()).containsExactly(emitted(1, 4), emitted(3, 9));
        harness.process("a", 4L, 4);
        assertThat(harness.emitted()).endsWith(emitted(7, 9), emitted(5, 4)).hasSize(4);
        harness.process("a", 8L, 7);
        assertThat(harness.emitted()).endsWith(emitted(15, 9)).hasSize(5);
        harness.advance(14);
        assertThat(harness.emitted()).endsWith(emitted(10, 14)).hasSize(6);
        harness.advance(Timestamps.END);
        assertThat(harness.emitted()).hasSize(6);
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void latenessEqualToTheBoundIsTooLateForEachWindowByItself() throws Exception {
        for (WindowAssigner<Long, TimeWindow> assigner : List.of(SLIDING, CUMULATIVE)) {
            OperatorHarness harness = harness(assigner, SUMS, 5);
            long first = assigner == SLIDING ? 9 : 4;
            long last = 14;
            harness.process("a", 1L, assigner == SLIDING ? 5 : 0);
            harness.advance(first + 4);
            harness.emitted().clear();
            harness.process("a", 2L, assigner == SLIDING ? 6 : 1);
            assertThat(harness.emitted()).contains(emitted(3, first));
            harness.advance(first + 5);
            harness.emitted().clear();
            harness.process("a", 4L, assigner == SLIDING ? 7 : 2);
            assertThat(harness.emitted()).doesNotContain(emitted(7, first));
            harness.advance(last + 4);
            harness.process("a", 8L, assigner == SLIDING ? 8 : 3);
            assertThat(harness.emitted()).endsWith(emitted(15, last));
            harness.advance(last + 5);
            harness.process("a", 16L, assigner == SLIDING ? 8 : 3);
            assertThat(harness.side("late").stream().map(Emitted::record)).containsExactly(16L);
            assertThat(harness.stateSize()).isZero();
        }
    }

    @Test
    void windowsNearTheLimitsOfTimeFireAndAreUpdated() throws Exception {
        for (long time : new long[] {LIMIT, -LIMIT}) {
            for (WindowAssigner<Long, TimeWindow> assigner : List.of(SLIDING, CUMULATIVE)) {
                for (long allowed : new long[] {15, Long.MAX_VALUE - LIMIT, Long.MAX_VALUE}) {
                    OperatorHarness harness = harness(assigner, SUMS, allowed);
                    harness.process("a", 1L, time);
                    harness.advance(time + 14);
                    List<Object> once = List.copyOf(harness.records());
                    assertThat(once).isNotEmpty().containsOnly(1L);
                    harness.process("a", 2L, time);
                    assertThat(harness.records())
                            .hasSizeGreaterThan(once.size())
                            .endsWith(3L);
                    assertThat(harness.side("late")).isEmpty();
                    harness.advance(Timestamps.END);
                }
            }
        }
    }

    @Test
    void theLongestWindowsOfAllFire() throws Exception {
        Duration longest = Duration.ofMillis(LIMIT);
        Duration tenth = Duration.ofMillis(LIMIT / 10);
        for (WindowAssigner<Long, TimeWindow> assigner : List.of(
                SlidingEventTimeWindows.<Long>of(longest, tenth),
                CumulativeEventTimeWindows.<Long>of(Duration.ofMillis(LIMIT / 10 * 10), tenth))) {
            OperatorHarness harness = harness(assigner, SUMS, LIMIT);
            harness.process("a", 1L, LIMIT);
            harness.process("a", 2L, -LIMIT);
            harness.advance(Timestamps.END);
            assertThat(harness.records()).contains(1L, 2L).hasSizeBetween(11, 22);
        }
    }

    @Test
    void aWindowOfWhichNothingWasThereFiresForALateRecord() throws Exception {
        List<String> cleared = new ArrayList<>();
        ProcessWindowFunction<Long, Long, String, TimeWindow> function = new ProcessWindowFunction<>() {
            @Override
            public void process(String key, Context<TimeWindow> context, Iterable<Long> all, Collector<Long> out) {
                out.collect(all.iterator().next());
            }

            @Override
            public void clear(String key, Context<TimeWindow> context) {
                cleared.add(key + context.window().maxTimestamp());
            }
        };
        for (WindowAssigner<Long, TimeWindow> assigner : List.of(SLIDING, CUMULATIVE)) {
            cleared.clear();
            OperatorHarness harness = harness(assigner, new WindowBody.Reducing(SUM, null, function), 10);
            harness.advance(10);
            harness.process("a", 1L, 5);
            assertThat(harness.emitted()).containsExactly(emitted(1, 9));
            harness.advance(18);
            assertThat(harness.emitted()).containsExactly(emitted(1, 9), emitted(1, 14));
            assertThat(cleared).isEmpty();
            harness.advance(19);
            assertThat(cleared).containsExactly("a9");
            harness.advance(24);
            assertThat(cleared).containsExactly("a9", "a14");
            assertThat(harness.stateSize()).isZero();
        }
    }
}
