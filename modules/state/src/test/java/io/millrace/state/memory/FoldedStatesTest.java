// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.StateMigrationException;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import org.junit.jupiter.api.Test;

/** Reducing and aggregating state. */
class FoldedStatesTest {
    private static final ReducingStateDescriptor<Long> SUM =
            new ReducingStateDescriptor<>("sum", Long::sum, Long.class);
    private static final ReducingStateDescriptor<String> JOINED =
            new ReducingStateDescriptor<>("joined", (left, right) -> left + right, String.class);
    private static final AggregatingStateDescriptor<Long, Counter, String> TOTAL =
            new AggregatingStateDescriptor<>("total", new Total(), Counter.class);

    private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
    private final KeyedStateBackend backend = fixture.backend();

    /** Changes its accumulator in place. */
    private static final class Total implements AggregateFunction<Long, Counter, String> {
        @Override
        public Counter createAccumulator() {
            return new Counter(0);
        }

        @Override
        public Counter add(Long record, Counter accumulator) {
            accumulator.add(record);
            return record == 13 ? null : accumulator;
        }

        @Override
        public String getResult(Counter accumulator) {
            return "total " + accumulator.count;
        }

        @Override
        public Counter merge(Counter left, Counter right) {
            throw new AssertionError("State merges nothing.");
        }
    }

    @Test
    void aReducingStateCombinesWhatIsAddedOfEachKeyInOrder() throws Exception {
        ReducingState<String> joined = backend.reducingState(JOINED);
        fixture.select(backend, 1);
        assertThat(joined.get()).isNull();
        joined.add("a");
        joined.add("b");
        fixture.select(backend, 2);
        joined.add("x");
        fixture.select(backend, 1);
        joined.add("c");
        assertThat(joined.get()).isEqualTo("abc");
        joined.clear();
        assertThat(joined.get()).isNull();
        assertThat(backend.size()).isEqualTo(1);
    }

    @Test
    void whatTheFunctionThrowsLeavesTheStateAsItWas() throws Exception {
        ReducingState<Long> failing = backend.reducingState(new ReducingStateDescriptor<>(
                "failing",
                (left, right) -> {
                    throw new java.io.IOException("planned");
                },
                Long.class));
        fixture.select(backend, 1);
        failing.add(1L);
        assertThatThrownBy(() -> failing.add(2L)).isInstanceOf(java.io.IOException.class);
        assertThat(failing.get()).isEqualTo(1L);
    }

    @Test
    void nullIsNeitherAddedNorAnswered() throws Exception {
        ReducingState<Long> nulls =
                backend.reducingState(new ReducingStateDescriptor<>("nulls", (left, right) -> null, Long.class));
        AggregatingState<Long, String> total = backend.aggregatingState(TOTAL);
        fixture.select(backend, 1);
        assertThatThrownBy(() -> nulls.add(null)).isInstanceOf(NullPointerException.class);
        nulls.add(1L);
        assertThatThrownBy(() -> nulls.add(2L))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("reducing state 'nulls'");
        assertThatThrownBy(() -> total.add(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> total.add(13L))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("aggregating state 'total'");
    }

    @Test
    void anAccumulatorChangedInPlaceIsCopiedWhereASnapshotSharesIt() throws Exception {
        AggregatingState<Long, String> total = backend.aggregatingState(TOTAL);
        ReducingState<Long> sum = backend.reducingState(SUM);
        fixture.select(backend, 1);
        assertThat(total.get()).isNull();
        total.add(1L);
        total.add(2L);
        sum.add(4L);
        StateSnapshot snapshot = backend.snapshot();
        total.add(10L);
        sum.add(10L);
        assertThat(total.get()).isEqualTo("total 13");

        KeyedStateBackend restored = fixture.restored(fixture.write(snapshot));
        fixture.select(restored, 1);
        AggregatingState<Long, String> again = restored.aggregatingState(TOTAL);
        assertThat(again.get()).isEqualTo("total 3");
        again.add(1L);
        assertThat(again.get()).isEqualTo("total 4");
        restored.reducingState(SUM).add(1L);
        assertThat(restored.reducingState(SUM).get()).isEqualTo(5L);
        again.clear();
        assertThat(again.get()).isNull();
    }

    @Test
    void theKindIsPartOfTheDeclaration() throws Exception {
        fixture.select(backend, 1);
        backend.reducingState(SUM).add(1L);
        assertThatThrownBy(() -> backend.valueState(new ValueStateDescriptor<>("sum", Long.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("REDUCING");
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        assertThatThrownBy(() -> restored.valueState(new ValueStateDescriptor<>("sum", Long.class)))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("REDUCING");
        assertThatThrownBy(() -> backend.reducingState(new ReducingStateDescriptor<>("sum", (a, b) -> a, String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.String");
    }
}
