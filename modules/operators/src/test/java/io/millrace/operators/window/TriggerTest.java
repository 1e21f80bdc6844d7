// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.Timestamps;
import io.millrace.api.window.ContinuousEventTimeTrigger;
import io.millrace.api.window.ContinuousProcessingTimeTrigger;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.DeltaTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.ProcessingTimeSessionWindows;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.TimeEvictor;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TriggerResult;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.builtin.FakeCodecs;
import io.millrace.operators.harness.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerTest {
    private static final ProcessWindowFunction<Object, Object, String, Window> LIST = (key, context, all, out) -> {
        List<Object> held = new ArrayList<>();
        all.forEach(held::add);
        out.collect(key + held);
    };
    private static final WindowAssigner<Long, GlobalWindow> ALL = GlobalWindows.create();
    private static final WindowAssigner<Long, TimeWindow> TEN = TumblingEventTimeWindows.of(Duration.ofMillis(10));

    private static OperatorHarness harness(
            WindowAssigner<Long, ?> assigner, Trigger<?, ?> trigger, Evictor<?, ?> evictor) throws Exception {
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                assigner, new WindowBody.Buffering(null, LIST), Lateness.drop(), trigger, evictor);
        return OperatorHarness.keyed(new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs()).create(spec));
    }

    private static void give(OperatorHarness harness, String key, long... numbers) throws Exception {
        for (long number : numbers) {
            harness.process(key, number, number);
        }
    }

    @Test
    void countWindowsFollowEachOther() throws Exception {
        OperatorHarness harness = harness(ALL, PurgingTrigger.of(CountTrigger.of(2)), null);
        give(harness, "a", 1, 2, 3);
        give(harness, "b", 9);
        give(harness, "a", 4, 5);
        harness.advance(Timestamps.END);
        assertThat(harness.endInput()).isTrue();
        assertThat(harness.records()).containsExactly("a[1, 2]", "a[3, 4]");
    }

    @Test
    void slidingCountWindowsKeepTheLastRecords() throws Exception {
        OperatorHarness harness = harness(ALL, CountTrigger.of(2), CountEvictor.of(3));
        give(harness, "a", 1, 2, 3, 4, 5, 6);
        assertThat(harness.records()).containsExactly("a[1, 2]", "a[2, 3, 4]", "a[4, 5, 6]");
    }

    @Test
    void deltasAreTakenFromTheRecordThatFiredLast() throws Exception {
        OperatorHarness harness =
                harness(ALL, DeltaTrigger.<Long, Window>of(10, (from, to) -> to - from, Long.class), null);
        give(harness, "a", 0, 10, 11, 21, 22);
        assertThat(harness.records()).containsExactly("a[0, 10, 11]", "a[0, 10, 11, 21, 22]");
    }

    @Test
    void whatPurgingThrewAwayIsNotSeenAgain() throws Exception {
        OperatorHarness harness = harness(TEN, PurgingTrigger.of(CountTrigger.of(2)), null);
        give(harness, "a", 1, 2, 3);
        harness.advance(9);
        assertThat(harness.records()).containsExactly("a[1, 2]");
        assertThat(harness.stateSize())
                .as("what the trigger did not fire is gone with the window")
                .isZero();
    }

    @Test
    void continuousTriggersFireOnceWhereTheWatermarkPassesSeveralTimes() throws Exception {
        OperatorHarness harness = harness(TEN, ContinuousEventTimeTrigger.of(Duration.ofMillis(2)), null);
        give(harness, "a", 0, 1);
        harness.advance(2);
        harness.advance(3);
        assertThat(harness.records()).hasSize(1);
        harness.advance(7);
        assertThat(harness.records()).hasSize(2);
        harness.advance(9);
        assertThat(harness.records()).hasSize(4);
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void continuousTriggersOfGlobalWindowsComeToAnEnd() throws Exception {
        OperatorHarness harness = harness(ALL, ContinuousEventTimeTrigger.of(Duration.ofMillis(2)), null);
        give(harness, "a", 0, 1);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactly("a[0, 1]", "a[0, 1]");
    }

    @Test
    void whereAnEvictorLeavesNothingTheFunctionIsNotCalled() throws Exception {
        OperatorHarness harness = harness(ALL, CountTrigger.of(1), CountEvictor.of(0));
        give(harness, "a", 1, 2);
        assertThat(harness.records()).isEmpty();
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void recordsAsOldAsTheLimitAreEvicted() throws Exception {
        OperatorHarness before = harness(TEN, null, TimeEvictor.of(Duration.ofMillis(5)));
        OperatorHarness after = harness(TEN, null, TimeEvictor.of(Duration.ofMillis(5), true));
        for (OperatorHarness harness : List.of(before, after)) {
            give(harness, "a", 3, 8, 4);
            harness.advance(9);
        }
        assertThat(before.records()).containsExactly("a[8, 4]");
        assertThat(after.records()).containsExactly("a[3, 8, 4]");
    }

    /** Fires at times in the past, and remembers what it was called for. */
    private static final class Hasty extends Trigger<Long, Window> {
        private static final ListStateDescriptor<Long> SEEN = new ListStateDescriptor<>("seen", Long.class);
        private static final ValueStateDescriptor<Long> AS_VALUE = new ValueStateDescriptor<>("seen", Long.class);

        @Override
        public TriggerResult onElement(Long record, long timestamp, Window window, Context context) {
            context.getListState(SEEN).add(record);
            context.registerEventTimeTimer(context.currentWatermark() - 1);
            context.registerProcessingTimeTimer(context.currentProcessingTime() - 1);
            context.registerProcessingTimeTimer(context.currentProcessingTime() + 5);
            context.deleteProcessingTimeTimer(context.currentProcessingTime() + 5);
            return record < 0 ? TriggerResult.PURGE : TriggerResult.CONTINUE;
        }

        @Override
        public TriggerResult onProcessingTime(long time, Window window, Context context) {
            return context.getListState(SEEN).get().size() > 1 ? TriggerResult.FIRE : TriggerResult.CONTINUE;
        }

        @Override
        public TriggerResult onEventTime(long time, Window window, Context context) {
            context.getState(AS_VALUE);
            return TriggerResult.FIRE_AND_PURGE;
        }

        @Override
        public void clear(Window window, Context context) {
            context.getListState(SEEN).clear();
        }

        @Override
        public boolean canMerge() {
            return true;
        }

        @Override
        public void onMerge(Window window, OnMergeContext context) {
            context.mergeState(SEEN);
        }

        @Override
        public String toString() {
            return "hasty";
        }
    }

    @Test
    void timersInThePastFireWhenTimeMovesNext() throws Exception {
        OperatorHarness harness = harness(TEN, new Hasty(), null);
        harness.advance(0);
        give(harness, "a", 1);
        harness.passTime(Duration.ZERO);
        assertThat(harness.records()).isEmpty();
        give(harness, "a", 2);
        assertThat(harness.records()).isEmpty();
        harness.passTime(Duration.ofMillis(20));
        assertThat(harness.records()).containsExactly("a[1, 2]");
        give(harness, "a", -3);
        harness.passTime(Duration.ofMillis(20));
        assertThat(harness.records()).as("nothing is left to fire").hasSize(1);
    }

    @Test
    void aTriggersListsMergeWithItsWindows() throws Exception {
        OperatorHarness harness = harness(EventTimeSessionWindows.withGap(Duration.ofMillis(10)), new Hasty(), null);
        harness.process("a", 1L, 1);
        harness.process("a", 15L, 15);
        harness.passTime(Duration.ZERO);
        assertThat(harness.records()).isEmpty();
        harness.process("a", 8L, 8);
        harness.passTime(Duration.ZERO);
        assertThat(harness.records()).containsExactly("a[1, 15, 8]");
    }

    /** A record by itself may end before the next multiple; what it becomes part of does not. */
    @Test
    void continuousTriggersOfMergedWindowsFireAtMultiplesAlone() throws Exception {
        OperatorHarness harness = harness(
                EventTimeSessionWindows.withGap(Duration.ofMillis(10)),
                ContinuousEventTimeTrigger.of(Duration.ofMillis(20)),
                null);
        give(harness, "a", 1, 8, 16);
        harness.advance(19);
        assertThat(harness.records()).isEmpty();
        harness.advance(20);
        assertThat(harness.records()).containsExactly("a[1, 8, 16]");
        harness.advance(25);
        assertThat(harness.records()).hasSize(2);
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void continuousTriggersOfMergedWindowsOfTheClockFireAtMultiplesAlone() throws Exception {
        OperatorHarness harness = harness(
                ProcessingTimeSessionWindows.withGap(Duration.ofMillis(10)),
                ContinuousProcessingTimeTrigger.of(Duration.ofMillis(20)),
                null);
        long offset = Math.floorMod(harness.context().clock().millis(), 20L);
        harness.passTime(Duration.ofMillis(21 - offset));
        give(harness, "a", 1);
        harness.passTime(Duration.ofMillis(7));
        give(harness, "a", 8);
        harness.passTime(Duration.ofMillis(8));
        give(harness, "a", 16);
        harness.passTime(Duration.ofMillis(3));
        assertThat(harness.records()).isEmpty();
        harness.passTime(Duration.ofMillis(1));
        assertThat(harness.records()).containsExactly("a[1, 8, 16]");
        harness.passTime(Duration.ofMillis(10));
        assertThat(harness.records()).hasSize(2);
        assertThat(harness.stateSize()).isZero();
    }

    /** Nothing follows the last watermark: who comes after it is late everywhere. */
    @Test
    void windowsOfTheClockFireBeforeTheLastWatermarkGoesOn() throws Exception {
        OperatorHarness harness = harness(TumblingProcessingTimeWindows.of(Duration.ofMillis(10)), null, null);
        give(harness, "a", 1, 2);
        harness.advance(Timestamps.END - 1);
        assertThat(harness.records()).isEmpty();
        harness.setRoom(0);
        assertThat(harness.advance(Timestamps.END)).isFalse();
        harness.goOn();
        assertThat(harness.records()).containsExactly("a[1, 2]");
        give(harness, "a", 3);
        assertThat(harness.endInput()).isTrue();
        assertThat(harness.records()).containsExactly("a[1, 2]", "a[3]");
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void aStateIsAskedForInOneWay() throws Exception {
        OperatorHarness harness = harness(TEN, new Hasty(), null);
        harness.advance(0);
        give(harness, "a", 1);
        assertThatThrownBy(() -> harness.advance(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'seen'")
                .hasMessageContaining("as two kinds of state");
    }
}
