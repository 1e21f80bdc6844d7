// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A reducing state on a value, for backends that have nothing better. Confined to the subtask. */
public final class FoldedReducingState<T> implements ReducingState<T> {
    private final String name;
    private final ReduceFunction<T> function;
    private final ValueState<T> values;

    /**
     * @param values where the values are kept
     */
    public FoldedReducingState(ReducingStateDescriptor<T> descriptor, ValueState<T> values) {
        this.name = descriptor.name();
        this.function = descriptor.function();
        this.values = values;
    }

    @Override
    public void add(T value) throws Exception {
        Objects.requireNonNull(value, "value");
        T held = values.value();
        if (held == null) {
            values.update(value);
            return;
        }
        T combined = function.reduce(held, value);
        if (combined == null) {
            throw new NullPointerException("The function of the reducing state '" + name
                    + "' answered null; it must answer a value, and clear() removes it.");
        }
        values.update(combined);
    }

    @Override
    public @Nullable T get() {
        return values.value();
    }

    @Override
    public void clear() {
        values.clear();
    }
}
