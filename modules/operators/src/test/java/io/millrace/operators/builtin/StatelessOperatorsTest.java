// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatelessOperatorsTest {
    private static final OutputTag<String> ODD = new OutputTag<>("odd", String.class);

    private static OperatorHarness harness(OperatorSpec spec) throws Exception {
        return OperatorHarness.unkeyed(Operators.create(spec, OperatorHarness.SPECIALISER));
    }

    private static OperatorHarness map(MapFunction<Integer, Object> function) throws Exception {
        return harness(new OperatorSpec.MapSpec(function));
    }

    @Test
    void mapKeepsTheTimestamp() throws Exception {
        OperatorHarness harness = map(number -> "n" + number);
        harness.process(7, 70);
        harness.process(8, Timestamps.NONE);
        assertThat(harness.emitted()).containsExactly(new Emitted("n7", 70), new Emitted("n8", Timestamps.NONE));
    }

    @Test
    void mapToNullIsRefusedWithAnExplanation() throws Exception {
        OperatorHarness harness = map(number -> null);
        assertThatThrownBy(() -> harness.process(1, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("'under test'")
                .hasMessageContaining("flatMap");
    }

    @Test
    void filterKeepsWhatItsFunctionAccepts() throws Exception {
        FilterFunction<Integer> even = number -> number % 2 == 0;
        OperatorHarness harness = harness(new OperatorSpec.FilterSpec(even));
        for (int i = 0; i < 5; i++) {
            harness.process(i, i);
        }
        assertThat(harness.emitted()).containsExactly(new Emitted(0, 0), new Emitted(2, 2), new Emitted(4, 4));
    }

    @Test
    void flatMapEmitsAnyNumberOfRecords() throws Exception {
        FlatMapFunction<String, Object> words =
                (line, out) -> List.of(line.split(" ")).forEach(out::collect);
        OperatorHarness harness = harness(new OperatorSpec.FlatMapSpec(words));
        harness.process("to be", 5);
        assertThat(harness.emitted()).containsExactly(new Emitted("to", 5), new Emitted("be", 5));
    }

    @Test
    void unionHandsOnEverything() throws Exception {
        OperatorHarness harness = harness(new OperatorSpec.UnionSpec());
        harness.process("a", 1);
        assertThat(harness.emitted()).containsExactly(new Emitted("a", 1));
        assertThat(harness.operator().advanceWatermark(9)).isTrue();
        assertThat(harness.operator().outputWatermark(9)).isEqualTo(9);
    }

    @Test
    void processSeesTimesAndWritesSideOutputs() throws Exception {
        ProcessFunction<Integer, Object> function = new ProcessFunction<>() {
            @Override
            public void processElement(Integer number, Context context, Collector<Object> out) {
                if (number % 2 == 1) {
                    context.output(ODD, "odd " + number);
                } else {
                    out.collect(context.timestamp() + "@" + context.currentWatermark());
                }
            }
        };
        OperatorHarness harness = harness(new OperatorSpec.ProcessSpec(function));
        harness.advance(3);
        harness.process(2, 20);
        harness.process(3, 30);
        assertThat(harness.emitted()).containsExactly(new Emitted("20@3", 20));
        assertThat(harness.side("odd")).containsExactly(new Emitted("odd 3", 30));
    }

    @Test
    void stateOnAStreamWithoutKeysIsRefusedWithAnExplanation() {
        MapFunction<Object, Object> function = new MapFunction<>() {
            @Override
            public void open(RuntimeContext context) {
                context.getState(new ValueStateDescriptor<>("count", Long.class));
            }

            @Override
            public Object map(Object record) {
                return record;
            }
        };
        assertThatThrownBy(() -> harness(new OperatorSpec.MapSpec(function)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'count'")
                .hasMessageContaining("'under test'")
                .hasMessageContaining("keyBy");
    }

    @Test
    void functionsSeeWhereTheyRunAndAreClosedOnce() throws Exception {
        List<String> calls = new ArrayList<>();
        OperatorHarness harness = harness(new OperatorSpec.MapSpec(new Recording(calls, false)));
        harness.operator().close();
        harness.operator().close();
        assertThat(calls).containsExactly("open test job/under test/0/1/1", "close");
    }

    @Test
    void aFunctionWhoseOpenFailedIsClosedToo() {
        List<String> calls = new ArrayList<>();
        Operator operator =
                Operators.create(new OperatorSpec.MapSpec(new Recording(calls, true)), OperatorHarness.SPECIALISER);
        OperatorHarness harness = OperatorHarness.created(operator, false, null);
        assertThatThrownBy(harness::open).hasMessage("no connection");
        assertThatThrownBy(operator::close).hasMessage("not open");
        assertThat(calls).containsExactly("open test job/under test/0/1/1", "close");
    }

    @Test
    void closingBeforeOpeningDoesNothing() throws Exception {
        List<String> calls = new ArrayList<>();
        Operators.create(new OperatorSpec.MapSpec(new Recording(calls, false)), OperatorHarness.SPECIALISER)
                .close();
        assertThat(calls).isEmpty();
    }

    @Test
    void checkedFailuresComeThroughAsTheyAre() throws Exception {
        OperatorHarness harness = map(number -> {
            throw new IOException("disk");
        });
        assertThatThrownBy(() -> harness.process(1, 0))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    private static final class Recording implements MapFunction<Object, Object> {
        private final List<String> calls;
        private final boolean failing;

        private Recording(List<String> calls, boolean failing) {
            this.calls = calls;
            this.failing = failing;
        }

        @Override
        public void open(RuntimeContext context) throws IOException {
            calls.add("open " + context.jobName() + "/" + context.operatorName() + "/" + context.subtaskIndex() + "/"
                    + context.parallelism() + "/" + context.epoch());
            if (failing) {
                throw new IOException("no connection");
            }
        }

        @Override
        public Object map(Object record) {
            return record;
        }

        @Override
        public void close() throws IOException {
            calls.add("close");
            if (failing) {
                throw new IOException("not open");
            }
        }
    }
}
