// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.ValueState;
import io.millrace.state.NoNamespace;
import org.jspecify.annotations.Nullable;

/** A user's value state: one without namespaces. */
final class PlainValueState<T> implements ValueState<T> {
    private final MemoryValueState<NoNamespace, T> values;

    PlainValueState(MemoryValueState<NoNamespace, T> values) {
        this.values = values;
    }

    @Override
    public @Nullable T value() {
        return values.get(NoNamespace.INSTANCE);
    }

    @Override
    public void update(@Nullable T value) {
        if (value == null) {
            clear();
        } else {
            values.put(NoNamespace.INSTANCE, value);
        }
    }

    @Override
    public void clear() {
        values.remove(NoNamespace.INSTANCE);
    }
}
