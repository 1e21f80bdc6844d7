// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedOperatorsTest {
    private static final OutputTag<String> FIRED = new OutputTag<>("fired", String.class);

    private static OperatorHarness process(KeyedProcessFunction<String, Long, Object> function) throws Exception {
        return OperatorHarness.keyed(
                Operators.create(new OperatorSpec.KeyedProcessSpec(function), OperatorHarness.SPECIALISER));
    }

    private static Operator reduce(FakeCodecs codecs, TypeHint<?> type) {
        ReduceFunction<Long> sum = Long::sum;
        return new OperatorFactory(OperatorHarness.SPECIALISER, codecs).create(new OperatorSpec.ReduceSpec(sum, type));
    }

    @Test
    void reduceEmitsTheRunningValueOfEachKey() throws Exception {
        FakeCodecs codecs = new FakeCodecs();
        OperatorHarness harness = OperatorHarness.keyed(reduce(codecs, TypeHint.of(Long.class)));
        harness.process("a", 1L, 10);
        harness.process("b", 5L, 11);
        harness.process("a", 2L, 12);
        OperatorSnapshotCopy snapshot = harness.snapshot(1);
        harness.process("a", 100L, 13);
        OperatorHarness restored = OperatorHarness.keyed(reduce(codecs, null), snapshot);
        restored.process("a", 3L, 13);
        restored.process("b", 1L, 14);
        assertThat(harness.emitted()).startsWith(new Emitted(1L, 10), new Emitted(5L, 11), new Emitted(3L, 12));
        assertThat(restored.emitted()).containsExactly(new Emitted(6L, 13), new Emitted(6L, 14));
        assertThat(codecs.asked).containsExactly(TypeHint.of(Long.class), null);
    }

    @Test
    void stateIsThatOfTheCurrentKey() throws Exception {
        OperatorHarness harness = process(new Remembering());
        harness.process("a", 1L, 0);
        harness.process("b", 2L, 0);
        harness.process("a", 3L, 0);
        assertThat(harness.records()).containsExactly("a 1 [1]", "b 1 [2]", "a 2 [1, 3]");
        OperatorHarness restored = OperatorHarness.keyed(
                Operators.create(new OperatorSpec.KeyedProcessSpec(new Remembering()), OperatorHarness.SPECIALISER),
                harness.snapshot(1));
        restored.process("a", 4L, 0);
        assertThat(restored.records()).containsExactly("a 3 [1, 3, 4]");
    }

    @Test
    void timersFireInOrderWithTheirTimeAndKey() throws Exception {
        OperatorHarness harness = process(new TimerFunction());
        harness.process("a", 30L, 1);
        harness.process("b", 10L, 2);
        harness.process("a", 20L, 3);
        harness.process("a", 20L, 4);
        harness.advance(19);
        assertThat(harness.emitted()).containsExactly(new Emitted("b fired 10 at 19", 10));
        harness.advance(30);
        assertThat(harness.emitted())
                .endsWith(new Emitted("a fired 20 at 30", 20), new Emitted("a fired 30 at 30", 30))
                .hasSize(3);
        assertThat(harness.side("fired"))
                .containsExactly(new Emitted("b", 10), new Emitted("a", 20), new Emitted("a", 30));
    }

    @Test
    void aTimerAtOrBeforeTheWatermarkFiresWithTheNext() throws Exception {
        OperatorHarness harness = process(new TimerFunction());
        harness.advance(50);
        harness.process("a", 50L, 60);
        harness.process("a", 5L, 60);
        assertThat(harness.emitted()).isEmpty();
        harness.advance(51);
        assertThat(harness.records()).containsExactly("a fired 5 at 51", "a fired 50 at 51");
    }

    @Test
    void aDeletedTimerDoesNotFire() throws Exception {
        OperatorHarness harness = process(new TimerFunction());
        harness.process("a", 10L, 0);
        harness.process("b", 10L, 0);
        harness.process("a", -10L, 0);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactly("b fired 10 at " + Timestamps.END);
    }

    @Test
    void aDueTimerSetByATimerFiresInItsTurn() throws Exception {
        OperatorHarness harness = process(new KeyedProcessFunction<>() {
            @Override
            public void processElement(Long record, Context<String> context, Collector<Object> out) {
                context.timerService().registerEventTimeTimer(record);
            }

            @Override
            public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Object> out) {
                out.collect(timestamp);
                context.timerService().registerEventTimeTimer(timestamp + 10);
            }
        });
        harness.process("a", 10L, 0);
        harness.process("b", 15L, 0);
        harness.advance(30);
        assertThat(harness.records()).containsExactly(10L, 15L, 20L, 25L, 30L);
        harness.advance(35);
        assertThat(harness.records()).endsWith(30L, 35L);
    }

    @Test
    void firingStopsAtAFullOutputAndGoesOnAfterARestore() throws Exception {
        OperatorHarness harness = process(new TimerFunction());
        for (long time = 1; time <= 5; time++) {
            harness.process("k" + time, time, 0);
        }
        harness.setRoom(2);
        assertThat(harness.advance(100)).isFalse();
        assertThat(harness.records()).containsExactly("k1 fired 1 at 100", "k2 fired 2 at 100");
        OperatorHarness restored = OperatorHarness.keyed(
                Operators.create(new OperatorSpec.KeyedProcessSpec(new TimerFunction()), OperatorHarness.SPECIALISER),
                harness.snapshot(1));
        assertThat(restored.advance(100)).isTrue();
        harness.goOn();
        assertThat(restored.records())
                .containsExactly("k3 fired 3 at 100", "k4 fired 4 at 100", "k5 fired 5 at 100")
                .isEqualTo(harness.records().subList(2, 5));
    }

    @Test
    void namesOfTheEngineAreRefused() {
        KeyedProcessFunction<String, Long, Object> function = new KeyedProcessFunction<>() {
            @Override
            public void open(RuntimeContext context) {
                context.getState(new ValueStateDescriptor<>("_mine", Long.class));
            }

            @Override
            public void processElement(Long record, Context<String> context, Collector<Object> out) {}
        };
        assertThatThrownBy(() -> process(function))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'_mine'");
    }

    /** Sets a timer at the record, or deletes one at its negative. */
    private static final class TimerFunction extends KeyedProcessFunction<String, Long, Object> {
        @Override
        public void processElement(Long record, Context<String> context, Collector<Object> out) {
            if (record < 0) {
                context.timerService().deleteEventTimeTimer(-record);
            } else {
                context.timerService().registerEventTimeTimer(record);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Object> out) {
            assertThat(context.timestamp()).isEqualTo(timestamp);
            context.output(FIRED, context.currentKey());
            out.collect(context.currentKey() + " fired " + timestamp + " at "
                    + context.timerService().currentWatermark());
        }
    }

    private static final class Remembering extends KeyedProcessFunction<String, Long, Object> {
        private ValueState<Long> count;
        private ListState<Long> seen;

        @Override
        public void open(RuntimeContext context) {
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
            seen = context.getListState(new ListStateDescriptor<>("seen", Long.class));
        }

        @Override
        public void processElement(Long record, Context<String> context, Collector<Object> out) {
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
            seen.add(record);
            List<Long> all = new ArrayList<>(seen.get());
            out.collect(context.currentKey() + " " + count.value() + " " + all);
        }
    }
}
