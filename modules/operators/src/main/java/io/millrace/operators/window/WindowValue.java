// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.state.ValueState;
import io.millrace.state.NamespacedValueState;
import org.jspecify.annotations.Nullable;

/** A value of the window that its {@link WindowStates} are at. */
final class WindowValue<W, T> implements ValueState<T> {
    private final WindowStates<W> states;
    private final NamespacedValueState<W, T> values;

    WindowValue(WindowStates<W> states, NamespacedValueState<W, T> values) {
        this.states = states;
        this.values = values;
    }

    /** The same of all windows. */
    NamespacedValueState<W, T> ofAll() {
        return values;
    }

    @Override
    public @Nullable T value() {
        return values.get(states.window());
    }

    @Override
    public void update(@Nullable T value) {
        if (value == null) {
            values.remove(states.window());
        } else {
            values.put(states.window(), value);
        }
    }

    @Override
    public void clear() {
        values.remove(states.window());
    }
}
