// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.FakeCodecs;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions, by the operator made for them and by the one for all windows. */
class SessionWindowTest {
    private static final OutputTag<String> LATE = new OutputTag<>("late", String.class);
    private static final ReduceFunction<String> JOIN = (left, right) -> left + right;
    private static final ProcessWindowFunction<Object, Object, String, TimeWindow> DESCRIBE =
            (key, context, all, out) -> {
                List<Object> held = new ArrayList<>();
                all.forEach(held::add);
                out.collect(
                        key + context.window().start() + ".." + context.window().end() + held);
            };

    enum By {
        SESSIONS,
        ALL_WINDOWS
    }

    private static OperatorHarness harness(By by, WindowAssigner<String, TimeWindow> assigner, Lateness<String> late)
            throws Exception {
        // The purging trigger does nothing more where windows fire once, but is not the default.
        Trigger<?, ?> trigger = by == By.SESSIONS ? null : PurgingTrigger.of(EventTimeTrigger.create());
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                assigner, new WindowBody.Reducing(JOIN, null, DESCRIBE), late, trigger, null);
        Operator operator = new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs()).create(spec);
        String name = operator.getClass().getSimpleName();
        assertThat(name).startsWith(by == By.SESSIONS ? "SessionWindowOperator" : "TriggeredWindowOperator");
        return OperatorHarness.keyed(operator);
    }

    private static OperatorHarness gapOfTen(By by) throws Exception {
        return harness(by, EventTimeSessionWindows.withGap(Duration.ofMillis(10)), Lateness.toSideOutput(LATE));
    }

    @ParameterizedTest
    @EnumSource
    void recordsWithinTheGapShareASession(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.process("a", "x", 0);
        harness.process("a", "y", 9);
        harness.process("b", "z", 9);
        harness.advance(17);
        assertThat(harness.records()).isEmpty();
        harness.advance(18);
        assertThat(harness.emitted())
                .containsExactlyInAnyOrder(new Emitted("a0..19[xy]", 18), new Emitted("b9..19[z]", 18));
        assertThat(harness.stateSize()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void sessionsThatTouchAreOne(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.process("a", "x", 0);
        harness.process("a", "y", 10);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactly("a0..20[xy]");
    }

    @ParameterizedTest
    @EnumSource
    void sessionsWithOneMillisecondBetweenThemAreTwo(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.process("a", "x", 0);
        harness.process("a", "y", 11);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactly("a0..10[x]", "a11..21[y]");
    }

    @ParameterizedTest
    @EnumSource
    void aRecordBridgesTwoSessions(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.process("a", "late one", 15);
        harness.process("a", "early one", 0);
        harness.advance(5);
        harness.process("a", "bridge", 8);
        harness.advance(23);
        assertThat(harness.records()).isEmpty();
        harness.advance(24);
        assertThat(harness.records()).containsExactly("a0..25[early onelate onebridge]");
        assertThat(harness.stateSize()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionGrowsAtItsBeginning(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.process("a", "x", 10);
        harness.advance(9);
        // Alone it would be over.
        harness.process("a", "y", 0);
        harness.advance(19);
        assertThat(harness.records()).containsExactly("a0..20[xy]");
        assertThat(harness.side("late")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWhoseSessionWouldBeOverIsLate(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.advance(9);
        harness.process("a", "x", 0);
        harness.process("a", "y", 1);
        harness.advance(Timestamps.END);
        assertThat(harness.side("late")).containsExactly(new Emitted("x", 0));
        assertThat(harness.records()).containsExactly("a1..11[y]");
    }

    @ParameterizedTest
    @EnumSource
    void recordsSayHowLongTheirSessionLasts(By by) throws Exception {
        OperatorHarness harness = harness(by, EventTimeSessionWindows.withDynamicGap(String::length), Lateness.drop());
        harness.process("a", "seven..", 0);
        harness.process("a", "1", 3);
        harness.process("a", "2.", 8);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactly("a0..7[seven..1]", "a8..10[2.]");
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWithoutAGapIsRefused(By by) throws Exception {
        OperatorHarness harness = harness(by, EventTimeSessionWindows.withDynamicGap(String::length), Lateness.drop());
        assertThatThrownBy(() -> harness.process("a", "", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was 0 ms")
                .hasMessageContaining("gap extractor");
    }

    @ParameterizedTest
    @EnumSource
    void timestampsNearTheEndOfTimeAreRefusedNotWrappedAround(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        for (long timestamp : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 9, Long.MIN_VALUE + 1}) {
            assertThatThrownBy(() -> harness.process("a", "x", timestamp))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(String.valueOf(timestamp));
        }
        assertThatThrownBy(() -> harness.process("a", "x", Timestamps.NONE))
                .hasMessageContaining("WatermarkStrategy with a timestamp assigner");
    }

    @ParameterizedTest
    @EnumSource
    void timersOfMergedSessionsDoNotFireTheWholeOne(By by) throws Exception {
        OperatorHarness harness = gapOfTen(by);
        harness.process("a", "1", 0);
        harness.process("a", "3", 15);
        harness.process("a", "2", 9);
        harness.process("a", "4", 25);
        for (long watermark = 0; watermark < 34; watermark++) {
            harness.advance(watermark);
            assertThat(harness.records()).isEmpty();
        }
        harness.advance(34);
        assertThat(harness.records()).containsExactly("a0..35[1324]");
        assertThat(harness.stateSize()).isZero();
    }
}
