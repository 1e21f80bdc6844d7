// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.OperatorHarness;
import org.junit.jupiter.api.Test;

/** A function of any kind may keep state of the key when it stands right behind a keyBy. */
class KeyedStateOfPlainFunctionsTest {
    /** Numbers the records of each key. */
    private static final class Numbering implements MapFunction<String, String> {
        private ValueState<Long> count;

        @Override
        public void open(RuntimeContext context) {
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public String map(String record) {
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
            return record + count.value();
        }
    }

    /** Lets the first record of each key through. */
    private static final class First implements FlatMapFunction<String, String> {
        private ValueState<Boolean> seen;

        @Override
        public void open(RuntimeContext context) {
            seen = context.getState(new ValueStateDescriptor<>("seen", Boolean.class));
        }

        @Override
        public void flatMap(String record, Collector<String> out) {
            if (seen.value() == null) {
                seen.update(true);
                out.collect(record);
            }
        }
    }

    private static Operator operator(OperatorSpec spec) {
        return Operators.create(spec, OperatorHarness.SPECIALISER);
    }

    @Test
    void aMapKeepsStateOfEachKey() throws Exception {
        OperatorHarness harness = OperatorHarness.keyed(operator(new OperatorSpec.MapSpec(new Numbering())));
        harness.process("a", "a", 1);
        harness.process("b", "b", 2);
        harness.process("a", "a", 3);
        assertThat(harness.records()).containsExactly("a1", "b1", "a2");
    }

    @Test
    void itsStateIsInTheSnapshot() throws Exception {
        OperatorHarness before = OperatorHarness.keyed(operator(new OperatorSpec.FlatMapSpec(new First())));
        before.process("a", "first", 1);
        OperatorHarness after =
                OperatorHarness.keyed(operator(new OperatorSpec.FlatMapSpec(new First())), before.snapshot(1));
        after.process("a", "second", 2);
        after.process("b", "other", 3);
        assertThat(after.records()).containsExactly("other");
    }

    @Test
    void oneThatAsksForNoStateHasNone() throws Exception {
        MapFunction<String, String> same = record -> record;
        OperatorHarness harness = OperatorHarness.keyed(operator(new OperatorSpec.MapSpec(same)));
        harness.process("a", "a", 1);
        assertThat(harness.operator().snapshot(1).keyed()).isNull();
    }

    @Test
    void withoutKeysThereIsNoSuchState() {
        assertThatThrownBy(() -> OperatorHarness.unkeyed(operator(new OperatorSpec.MapSpec(new Numbering()))))
                .hasMessageContaining("'count'")
                .hasMessageContaining("keyBy(...)");
    }
}
