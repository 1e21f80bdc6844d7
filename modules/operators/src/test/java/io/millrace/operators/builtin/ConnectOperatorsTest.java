// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectOperatorsTest {
    private static final OutputTag<Long> SIDE = new OutputTag<>("side", Long.class);

    private static Operator operator(ConnectSpec.Kind kind, RichFunction function) {
        return Operators.create(new ConnectSpec(kind, function), OperatorHarness.SPECIALISER);
    }

    private static OperatorHarness unkeyed(ConnectSpec.Kind kind, RichFunction function) throws Exception {
        return OperatorHarness.unkeyed(operator(kind, function));
    }

    @Test
    void mapGivesEachStreamsRecordsToItsOwnMethod() throws Exception {
        OperatorHarness harness = unkeyed(ConnectSpec.Kind.MAP, new CoMapFunction<Long, String, String>() {
            @Override
            public String map1(Long record) {
                return "number " + record;
            }

            @Override
            public String map2(String record) {
                return record.isEmpty() ? null : "text " + record;
            }
        });
        harness.processInput(0, 1L, 10);
        harness.processInput(1, "a", 5);
        harness.processInput(0, 2L, 11);
        assertThat(harness.emitted())
                .containsExactly(new Emitted("number 1", 10), new Emitted("text a", 5), new Emitted("number 2", 11));
        assertThatThrownBy(() -> harness.processInput(1, "", 5))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("'under test' emitted null");
    }

    @Test
    void flatMapGivesAnyNumberWithTheRecordsTimestamp() throws Exception {
        OperatorHarness harness = unkeyed(ConnectSpec.Kind.FLAT_MAP, new CoFlatMapFunction<Long, String, Object>() {
            @Override
            public void flatMap1(Long record, Collector<Object> out) {
                for (long i = 0; i < record; i++) {
                    out.collect(i);
                }
            }

            @Override
            public void flatMap2(String record, Collector<Object> out) {
                out.collect(record + record);
            }
        });
        harness.processInput(1, "a", 5);
        harness.processInput(0, 2L, 10);
        harness.processInput(0, 0L, 11);
        assertThat(harness.emitted()).containsExactly(new Emitted("aa", 5), new Emitted(0L, 10), new Emitted(1L, 10));
    }

    @Test
    void processSeesTimesAndSideOutputsButNoTimers() throws Exception {
        List<String> life = new ArrayList<>();
        OperatorHarness harness = unkeyed(ConnectSpec.Kind.PROCESS, new CoProcessFunction<Long, String, Object>() {
            @Override
            public void open(RuntimeContext context) {
                life.add("opened " + context.operatorUid());
            }

            @Override
            public void processElement1(Long record, Context context, Collector<Object> out) {
                context.output(SIDE, record);
                out.collect(record + " at " + context.timestamp() + " after " + context.currentWatermark());
            }

            @Override
            public void processElement2(String record, Context context, Collector<Object> out) {
                context.timerService().registerEventTimeTimer(1);
            }

            @Override
            public void close() {
                life.add("closed");
            }
        });
        harness.advance(3);
        harness.processInput(0, 7L, 10);
        assertThat(harness.emitted()).containsExactly(new Emitted("7 at 10 after 3", 10));
        assertThat(harness.side("side")).containsExactly(new Emitted(7L, 10));
        assertThatThrownBy(() -> harness.processInput(1, "x", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("timers belong to keys");
        harness.operator().close();
        assertThat(life).containsExactly("opened operator-id", "closed");
    }

    @Test
    void aFunctionWithoutKeysHasNoState() {
        CoProcessFunction<Long, String, Object> function = new CoProcessFunction<>() {
            @Override
            public void open(RuntimeContext context) {
                context.getState(new ValueStateDescriptor<>("mine", Long.class));
            }

            @Override
            public void processElement1(Long record, Context context, Collector<Object> out) {}

            @Override
            public void processElement2(String record, Context context, Collector<Object> out) {}
        };
        assertThatThrownBy(() -> unkeyed(ConnectSpec.Kind.PROCESS, function))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'mine'")
                .hasMessageContaining("keyBy(...)");
    }

    @Test
    void bothKeyedStreamsShareTheStateAndTimersOfTheirKey() throws Exception {
        OperatorHarness harness = OperatorHarness.keyed(operator(ConnectSpec.Kind.KEYED_PROCESS, new Matching()));
        harness.processInput(0, "a", 1L, 10);
        harness.processInput(1, "b", "first", 11);
        harness.processInput(1, "a", "second", 12);
        harness.processInput(0, "c", 3L, 13);
        assertThat(harness.emitted()).containsExactly(new Emitted("a: 1 second", 12));
        OperatorSnapshotCopy snapshot = harness.snapshot(1);
        harness.processInput(0, "b", 100L, 14);

        OperatorHarness restored =
                OperatorHarness.keyed(operator(ConnectSpec.Kind.KEYED_PROCESS, new Matching()), snapshot);
        restored.processInput(0, "b", 2L, 14);
        restored.advanceBySteps(200);
        assertThat(restored.emitted())
                .containsExactly(new Emitted("b: 2 first", 14), new Emitted("c: 3 alone at 113", 113));
        assertThat(restored.stateSize()).isZero();
    }

    /** Waits a hundred milliseconds of event time for the partner of a record, whichever comes first. */
    private static final class Matching extends KeyedCoProcessFunction<String, Long, String, Object> {
        private ValueState<Long> number;
        private ValueState<String> text;

        @Override
        public void open(RuntimeContext context) {
            number = context.getState(new ValueStateDescriptor<>("number", Long.class));
            text = context.getState(new ValueStateDescriptor<>("text", String.class));
        }

        @Override
        public void processElement1(Long record, Context<String> context, Collector<Object> out) {
            number.update(record);
            matchOrWait(context, out);
        }

        @Override
        public void processElement2(String record, Context<String> context, Collector<Object> out) {
            text.update(record);
            matchOrWait(context, out);
        }

        private void matchOrWait(Context<String> context, Collector<Object> out) {
            if (number.value() == null || text.value() == null) {
                context.timerService().registerEventTimeTimer(context.timestamp() + 100);
                return;
            }
            out.collect(context.currentKey() + ": " + number.value() + " " + text.value());
            number.clear();
            text.clear();
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Object> out) {
            Object left = number.value() == null ? text.value() : number.value();
            if (left != null) {
                out.collect(context.currentKey() + ": " + left + " alone at " + context.timestamp());
            }
            number.clear();
            text.clear();
        }
    }
}
