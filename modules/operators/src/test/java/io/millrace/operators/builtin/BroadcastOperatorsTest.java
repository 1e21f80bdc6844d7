// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.BroadcastSpec;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BroadcastOperatorsTest {
    private static final MapStateDescriptor<String, Long> LIMITS =
            new MapStateDescriptor<>("limits", String.class, Long.class);
    private static final ValueStateDescriptor<Long> SUM = new ValueStateDescriptor<>("sum", Long.class);
    private static final OutputTag<Long> SIDE = new OutputTag<>("side", Long.class);

    /** What a broadcast record sets. */
    private record Limit(String name, long value) {}

    private static Operator operator(RichFunction function, boolean keyed) {
        return Operators.create(new BroadcastSpec(function, keyed, List.of(LIMITS)), OperatorHarness.SPECIALISER);
    }

    private static OperatorHarness keyed(KeyedBroadcastProcessFunction<String, Long, ?, Object> function)
            throws Exception {
        return OperatorHarness.keyed(operator(function, true));
    }

    @Test
    void recordsReadWhatBroadcastRecordsHaveLeftAlsoAfterARestore() throws Exception {
        OperatorHarness harness = OperatorHarness.unkeyed(operator(new Above(), false));
        harness.processInput(0, 5L, 10);
        harness.processInput(1, new Limit("low", 3), 11);
        harness.processInput(0, 5L, 12);
        harness.processInput(1, new Limit("high", 10), 13);
        harness.processInput(0, 11L, 14);
        OperatorSnapshotCopy snapshot = harness.snapshot(1);
        harness.processInput(1, new Limit("low", 0), 15);
        assertThat(harness.emitted())
                .containsExactly(new Emitted("5 above [low]", 12), new Emitted("11 above [low, high]", 14));
        assertThat(harness.side("side")).containsExactly(new Emitted(5L, 10));

        OperatorHarness restored = OperatorHarness.unkeyed(operator(new Above(), false), snapshot);
        restored.processInput(0, 4L, 16);
        restored.processInput(1, new Limit("low", 0), 17);
        restored.processInput(0, 4L, 18);
        assertThat(restored.emitted()).containsExactly(new Emitted("4 above [low]", 16));
    }

    /** Says which limits a number is above; a limit of zero is withdrawn. */
    private static final class Above extends BroadcastProcessFunction<Long, Limit, Object> {
        @Override
        public void processElement(Long record, ReadOnlyContext context, Collector<Object> out) {
            List<String> below = new ArrayList<>();
            for (Map.Entry<String, Long> limit :
                    context.getBroadcastState(LIMITS).immutableEntries()) {
                if (limit.getValue() < record) {
                    below.add(limit.getKey());
                }
            }
            if (below.isEmpty()) {
                context.output(SIDE, record);
            } else {
                out.collect(record + " above " + below);
            }
        }

        @Override
        public void processBroadcastElement(Limit limit, Context context, Collector<Object> out) {
            assertThat(context.currentProcessingTime()).isEqualTo(1_000);
            if (limit.value == 0) {
                context.getBroadcastState(LIMITS).remove(limit.name);
            } else {
                context.getBroadcastState(LIMITS).put(limit.name, limit.value);
            }
        }
    }

    @Test
    void keyedRecordsHaveStateAndTimersAndReadTheBroadcastState() throws Exception {
        OperatorHarness harness = keyed(new Summing());
        harness.processInput(0, "a", 4L, 10);
        harness.processInput(1, new Limit("most", 5), 11);
        harness.processInput(0, "a", 4L, 12);
        harness.processInput(0, "b", 1L, 13);
        assertThat(harness.emitted()).containsExactly(new Emitted("a: 8 over 5", 12));
        OperatorSnapshotCopy snapshot = harness.snapshot(1);

        OperatorHarness restored = OperatorHarness.keyed(operator(new Summing(), true), snapshot);
        restored.processInput(0, "b", 5L, 14);
        restored.advanceBySteps(1_000);
        assertThat(restored.emitted())
                .containsExactly(
                        new Emitted("b: 6 over 5", 14),
                        new Emitted("a ends with 8 of 5 EVENT_TIME", 100),
                        new Emitted("b ends with 6 of 5 EVENT_TIME", 101));
        restored.passTime(Duration.ofMillis(500));
        assertThat(restored.records()).endsWith("a ends with null of 5 PROCESSING_TIME");
        assertThat(restored.records()).hasSize(4);
    }

    @Test
    void aBroadcastRecordChangesTheStateOfAllKeysThatHaveIt() throws Exception {
        OperatorHarness harness = keyed(new Summing());
        harness.processInput(0, "a", 1L, 10);
        harness.processInput(0, "b", 2L, 10);
        harness.processInput(0, "c", 30L, 10);
        harness.processInput(1, new Limit("drop above", 20), 11);
        assertThat(harness.records()).containsExactlyInAnyOrder("a keeps 1", "b keeps 2", "c drops 30");
        harness.processInput(1, new Limit("drop above", 1), 12);
        assertThat(harness.records().subList(3, 5)).containsExactlyInAnyOrder("a keeps 1", "b drops 2");
        assertThatThrownBy(() -> harness.context().keyedState().currentKey());
    }

    /** Sums each key; the broadcast limit "most" is what a sum may reach. */
    private static final class Summing extends KeyedBroadcastProcessFunction<String, Long, Limit, Object> {
        private ValueState<Long> sum;

        @Override
        public void open(RuntimeContext context) {
            sum = context.getState(SUM);
        }

        @Override
        public void processElement(Long record, ReadOnlyContext<String> context, Collector<Object> out)
                throws Exception {
            long after = record + (sum.value() == null ? 0 : sum.value());
            sum.update(after);
            context.timerService().registerEventTimeTimer(record == 4L ? 100 : 101);
            if (record == 4L) {
                context.timerService().registerProcessingTimeTimer(1_500);
            }
            Long most = context.getBroadcastState(LIMITS).get("most");
            if (most != null && after > most) {
                out.collect(context.currentKey() + ": " + after + " over " + most);
            }
        }

        @Override
        public void processBroadcastElement(Limit limit, Context<String> context, Collector<Object> out)
                throws Exception {
            if (limit.name.equals("most")) {
                context.getBroadcastState(LIMITS).put(limit.name, limit.value);
                return;
            }
            context.applyToKeyedState(SUM, (key, state) -> {
                boolean drops = state.value() > limit.value;
                out.collect(key + (drops ? " drops " : " keeps ") + state.value());
                if (drops) {
                    state.clear();
                }
            });
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Object> out) throws Exception {
            out.collect(context.currentKey() + " ends with " + sum.value() + " of "
                    + context.getBroadcastState(LIMITS).get("most") + " " + context.timeDomain());
            sum.clear();
        }
    }

    @Test
    void aBroadcastRecordHasNoKeyEvenAfterOneThatHad() throws Exception {
        ValueStateDescriptor<Long> value = new ValueStateDescriptor<>("value", Long.class);
        OperatorHarness harness = keyed(new KeyedBroadcastProcessFunction<String, Long, Limit, Object>() {
            private ValueState<Long> state;

            @Override
            public void open(RuntimeContext context) {
                state = context.getState(value);
            }

            @Override
            public void processElement(Long record, ReadOnlyContext<String> context, Collector<Object> out)
                    throws Exception {
                state.update(record);
            }

            @Override
            public void processBroadcastElement(Limit limit, Context<String> context, Collector<Object> out)
                    throws Exception {
                context.applyToKeyedState(value, (key, all) -> out.collect(key));
                state.update(limit.value);
            }
        });
        harness.processInput(0, "a", 1L, 10);
        assertThatThrownBy(() -> harness.processInput(1, new Limit("x", 1), 11))
                .isInstanceOf(IllegalStateException.class);
        assertThat(harness.records()).containsExactly("a");
    }

    @Test
    void allKindsOfStateCanBeChangedForAllKeys() throws Exception {
        ListStateDescriptor<Long> list = new ListStateDescriptor<>("list", Long.class);
        ReducingStateDescriptor<Long> reduced = new ReducingStateDescriptor<>("reduced", Long::sum, Long.class);
        OperatorHarness harness = keyed(new KeyedBroadcastProcessFunction<String, Long, Limit, Object>() {
            private RuntimeContext states;

            @Override
            public void open(RuntimeContext context) {
                states = context;
            }

            @Override
            public void processElement(Long record, ReadOnlyContext<String> context, Collector<Object> out)
                    throws Exception {
                states.getListState(list).add(record);
            }

            @Override
            public void processBroadcastElement(Limit limit, Context<String> context, Collector<Object> out)
                    throws Exception {
                context.applyToKeyedState(list, (key, state) -> out.collect(key + " " + List.copyOf(state.get())));
                context.applyToKeyedState(reduced, (key, state) -> out.collect("never"));
            }
        });
        harness.processInput(0, "a", 1L, 10);
        harness.processInput(0, "a", 2L, 10);
        harness.processInput(1, new Limit("x", 1), 11);
        assertThat(harness.records()).containsExactly("a [1, 2]");
    }

    @Test
    void aStateThatTheStreamWasNotBroadcastWithIsNamed() throws Exception {
        OperatorHarness harness = OperatorHarness.unkeyed(operator(
                new BroadcastProcessFunction<MapStateDescriptor<?, ?>, Limit, Object>() {
                    @Override
                    public void processElement(
                            MapStateDescriptor<?, ?> asked, ReadOnlyContext context, Collector<Object> out) {
                        out.collect(context.getBroadcastState(asked).immutableEntries());
                    }

                    @Override
                    public void processBroadcastElement(Limit limit, Context context, Collector<Object> out) {}
                },
                false));
        harness.processInput(0, new MapStateDescriptor<>("limits", String.class, Long.class), 0);
        assertThat(harness.records()).hasSize(1);
        assertThatThrownBy(
                        () -> harness.processInput(0, new MapStateDescriptor<>("other", String.class, Long.class), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'under test'")
                .hasMessageContaining("'other', but the stream was broadcast with [limits] only");
        assertThatThrownBy(() ->
                        harness.processInput(0, new MapStateDescriptor<>("limits", String.class, String.class), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of java.lang.String to java.lang.String, but");
    }
}
