// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ValueState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An aggregating state on a value, for backends that have nothing better. Confined to the subtask. */
public final class FoldedAggregatingState<I, A, R> implements AggregatingState<I, R> {
    private final String name;
    private final AggregateFunction<I, A, R> function;
    private final ValueState<A> accumulators;

    /**
     * @param accumulators where the accumulators are kept
     */
    public FoldedAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor, ValueState<A> accumulators) {
        this.name = descriptor.name();
        this.function = descriptor.function();
        this.accumulators = accumulators;
    }

    @Override
    public void add(I value) {
        Objects.requireNonNull(value, "value");
        A held = accumulators.value();
        A folded = function.add(value, held == null ? function.createAccumulator() : held);
        if (folded == null) {
            throw new NullPointerException("The function of the aggregating state '" + name
                    + "' answered null for an accumulator; it must answer one, and clear() removes it.");
        }
        accumulators.update(folded);
    }

    @Override
    public @Nullable R get() {
        A held = accumulators.value();
        return held == null ? null : function.getResult(held);
    }

    @Override
    public void clear() {
        accumulators.clear();
    }
}
