// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the timers of a function mean. The harness's clock begins at 1000. */
class FunctionTimersTest {
    /** What the function does with the timers for a record. */
    private record Act(Consumer<TimerService> does) {}

    private static OperatorHarness created(OperatorSnapshotCopy restored) {
        return OperatorHarness.created(
                Operators.create(new OperatorSpec.KeyedProcessSpec(new Acting()), OperatorHarness.SPECIALISER),
                true,
                restored);
    }

    private static OperatorHarness started(OperatorHarness harness) throws Exception {
        harness.open();
        harness.operator().start();
        return harness;
    }

    private static OperatorHarness fresh() throws Exception {
        return started(created(null));
    }

    /** A restored operator, on a clock that says {@code nowMs}. */
    private static OperatorHarness restored(OperatorSnapshotCopy snapshot, long nowMs) throws Exception {
        OperatorHarness harness = created(snapshot);
        harness.passTime(Duration.ofMillis(nowMs - 1_000));
        return started(harness);
    }

    private static void act(OperatorHarness harness, String key, Consumer<TimerService> does) throws Exception {
        harness.process(key, new Act(does), 7);
    }

    private static void atClock(OperatorHarness harness, String key, long time) throws Exception {
        act(harness, key, timers -> timers.registerProcessingTimeTimer(time));
    }

    @Test
    void aProcessingTimeTimerFiresWhenTheClockReachesItAndNotBefore() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "a", 1_500);
        harness.passTime(Duration.ofMillis(499));
        assertThat(harness.emitted()).isEmpty();
        harness.passTime(Duration.ofMillis(1));
        assertThat(harness.emitted()).containsExactly(new Emitted("a PROCESSING_TIME 1500 at 1500", Timestamps.NONE));
        harness.passTime(Duration.ofHours(1));
        assertThat(harness.emitted()).hasSize(1);
    }

    @Test
    void theSameTimerSetTwiceFiresOnceAndForEachKey() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "a", 1_500);
        atClock(harness, "b", 1_500);
        atClock(harness, "a", 1_500);
        harness.passTime(Duration.ofSeconds(1));
        assertThat(harness.records())
                .containsExactlyInAnyOrder("a PROCESSING_TIME 1500 at 1500", "b PROCESSING_TIME 1500 at 1500");
    }

    @Test
    void aTimerOfOneTimeIsNotThatOfTheOther() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "a", 2_000);
        act(harness, "a", timers -> timers.registerEventTimeTimer(2_000));
        act(harness, "a", timers -> timers.deleteProcessingTimeTimer(2_000));
        harness.advance(1_999);
        harness.passTime(Duration.ofSeconds(5));
        assertThat(harness.emitted()).isEmpty();
        harness.advance(2_000);
        assertThat(harness.emitted()).containsExactly(new Emitted("a EVENT_TIME 2000 at 6000", 2_000));
    }

    @Test
    void aDeletedProcessingTimeTimerDoesNotFireAndLaterOnesDo() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "a", 1_200);
        atClock(harness, "a", 1_300);
        act(harness, "a", timers -> timers.deleteProcessingTimeTimer(1_200));
        act(harness, "b", timers -> timers.deleteProcessingTimeTimer(1_300));
        harness.passTime(Duration.ofSeconds(1));
        assertThat(harness.records()).containsExactly("a PROCESSING_TIME 1300 at 1300");
    }

    @Test
    void aProcessingTimeTimerInThePastFiresAtOnce() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "a", 10);
        atClock(harness, "a", -10);
        harness.passTime(Duration.ZERO);
        assertThat(harness.records()).containsExactly("a PROCESSING_TIME -10 at 1000", "a PROCESSING_TIME 10 at 1000");
    }

    @Test
    void timersFireInTheOrderOfTimeHoweverTheyWereSet() throws Exception {
        OperatorHarness harness = fresh();
        for (long time : new long[] {1_400, 1_100, 1_300, 1_200}) {
            atClock(harness, "k" + time, time);
        }
        harness.passTime(Duration.ofSeconds(1));
        assertThat(harness.records())
                .containsExactly(
                        "k1100 PROCESSING_TIME 1100 at 1100",
                        "k1200 PROCESSING_TIME 1200 at 1200",
                        "k1300 PROCESSING_TIME 1300 at 1300",
                        "k1400 PROCESSING_TIME 1400 at 1400");
    }

    @Test
    void aProcessingTimeTimerSetByATimerFiresInItsTurn() throws Exception {
        OperatorHarness harness = OperatorHarness.keyed(
                Operators.create(new OperatorSpec.KeyedProcessSpec(new Ticking()), OperatorHarness.SPECIALISER));
        harness.process("a", 1L, 0);
        harness.passTime(Duration.ofMillis(350));
        assertThat(harness.records()).containsExactly(1_100L, 1_200L, 1_300L);
        OperatorHarness restored = OperatorHarness.created(
                Operators.create(new OperatorSpec.KeyedProcessSpec(new Ticking()), OperatorHarness.SPECIALISER),
                true,
                harness.snapshot(1));
        restored.passTime(Duration.ofMillis(650));
        started(restored);
        restored.passTime(Duration.ZERO);
        assertThat(restored.records()).containsExactly(1_400L, 1_500L, 1_600L);
    }

    @Test
    void timersOfBothTimesAreRestoredAndThoseDueMeanwhileFireAfterTheRestart() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "a", 5_000);
        atClock(harness, "b", 9_000);
        act(harness, "c", timers -> timers.registerEventTimeTimer(50));
        OperatorSnapshotCopy snapshot = harness.snapshot(1);
        OperatorHarness restored = restored(snapshot, 7_000);
        assertThat(restored.emitted()).isEmpty();
        restored.passTime(Duration.ZERO);
        assertThat(restored.records()).containsExactly("a PROCESSING_TIME 5000 at 7000");
        restored.passTime(Duration.ofSeconds(2));
        restored.advance(50);
        assertThat(restored.records())
                .containsExactly(
                        "a PROCESSING_TIME 5000 at 7000", "b PROCESSING_TIME 9000 at 9000", "c EVENT_TIME 50 at 9000");
    }

    @Test
    void firingByTheClockStopsAtAFullOutputAndGoesOnAfterARestore() throws Exception {
        OperatorHarness harness = fresh();
        for (int i = 1; i <= 5; i++) {
            atClock(harness, "k" + i, 2_000 + i);
        }
        OperatorHarness later = restored(harness.snapshot(1), 3_000);
        later.setRoom(2);
        later.passTime(Duration.ZERO);
        assertThat(later.records())
                .containsExactly("k1 PROCESSING_TIME 2001 at 3000", "k2 PROCESSING_TIME 2002 at 3000");
        OperatorHarness again = restored(later.snapshot(2), 3_000);
        again.passTime(Duration.ZERO);
        later.goOnWaking();
        assertThat(again.records())
                .containsExactly(
                        "k3 PROCESSING_TIME 2003 at 3000",
                        "k4 PROCESSING_TIME 2004 at 3000",
                        "k5 PROCESSING_TIME 2005 at 3000")
                .isEqualTo(later.records().subList(2, 5));
    }

    @Test
    void atTheEndWhatIsDueByTheClockFiresBeforeTheLastWatermarkAndTheRestNever() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "due", 1_000);
        atClock(harness, "not due", 1_001);
        act(harness, "end", timers -> timers.registerEventTimeTimer(Timestamps.END));
        harness.setRoom(1);
        assertThat(harness.advance(Timestamps.END)).isFalse();
        harness.goOn();
        assertThat(harness.operator().endInput()).isTrue();
        assertThat(harness.records())
                .containsExactly("due PROCESSING_TIME 1000 at 1000", "end EVENT_TIME " + Timestamps.END + " at 1000");
    }

    @Test
    void extremeTimesAreTimesButTheSmallestIsNone() throws Exception {
        OperatorHarness harness = fresh();
        atClock(harness, "never", Long.MAX_VALUE);
        atClock(harness, "far", Long.MAX_VALUE - 1);
        act(harness, "early", timers -> timers.registerEventTimeTimer(Long.MIN_VALUE + 1));
        harness.passTime(Duration.ofDays(1));
        harness.advance(Long.MIN_VALUE + 1);
        assertThat(harness.records()).containsExactly("early EVENT_TIME " + (Long.MIN_VALUE + 1) + " at 86401000");
        assertThatThrownBy(() -> act(harness, "a", timers -> timers.registerEventTimeTimer(Timestamps.NONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'under test'")
                .hasMessageContaining("the record has no timestamp");
        assertThatThrownBy(() -> atClock(harness, "a", Long.MIN_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("currentProcessingTime()");
    }

    @Test
    void withoutKeysThereAreTimesButNoTimers() throws Exception {
        OperatorHarness harness = OperatorHarness.unkeyed(Operators.create(
                new OperatorSpec.ProcessSpec(new ProcessFunction<Act, Object>() {
                    @Override
                    public void processElement(Act act, Context context, Collector<Object> out) {
                        out.collect(context.timerService().currentWatermark() + " "
                                + context.timerService().currentProcessingTime());
                        act.does.accept(context.timerService());
                    }
                }),
                OperatorHarness.SPECIALISER));
        harness.advance(5);
        harness.process(new Act(timers -> {}), 9);
        assertThat(harness.emitted()).containsExactly(new Emitted("5 1000", 9));
        assertRefused(harness, timers -> timers.registerEventTimeTimer(1));
        assertRefused(harness, timers -> timers.registerProcessingTimeTimer(1));
        assertRefused(harness, timers -> timers.deleteEventTimeTimer(1));
        assertRefused(harness, timers -> timers.deleteProcessingTimeTimer(1));
    }

    private static void assertRefused(OperatorHarness harness, Consumer<TimerService> does) {
        assertThatThrownBy(() -> harness.process(new Act(does), 9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'under test'")
                .hasMessageContaining("timers belong to keys")
                .hasMessageContaining("keyBy(..)");
    }

    private static final class Acting extends KeyedProcessFunction<String, Act, Object> {
        @Override
        public void processElement(Act act, Context<String> context, Collector<Object> out) {
            act.does.accept(context.timerService());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Object> out) {
            out.collect(context.currentKey() + " " + context.timeDomain() + " " + timestamp + " at "
                    + context.timerService().currentProcessingTime());
        }
    }

    /** Tells the time every hundred milliseconds of processing time. */
    private static final class Ticking extends KeyedProcessFunction<String, Long, Object> {
        @Override
        public void processElement(Long record, Context<String> context, Collector<Object> out) {
            context.timerService()
                    .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + 100);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Object> out) {
            assertThat(context.timestamp()).isEqualTo(Timestamps.NONE);
            out.collect(timestamp);
            context.timerService().registerProcessingTimeTimer(timestamp + 100);
        }
    }
}
