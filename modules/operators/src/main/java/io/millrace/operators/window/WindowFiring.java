// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.window.Window;
import io.millrace.operators.builtin.RecordCollector;
import io.millrace.state.KeyedStateBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Emits what a window of the current key holds. */
abstract class WindowFiring<W extends Window> {
    private final @Nullable ProcessWindowFunction<Object, Object, Object, W> function;
    private final WindowContext<W> context;
    private final RecordCollector collector;
    private final KeyedStateBackend state;

    WindowFiring(
            @Nullable ProcessWindowFunction<Object, Object, Object, W> function,
            WindowContext<W> context,
            RecordCollector collector,
            KeyedStateBackend state) {
        this.function = function;
        this.context = context;
        this.collector = collector;
        this.state = state;
    }

    /**
     * Emits the window's result; nothing happens where it holds nothing.
     *
     * @param held the window under which the contents are kept
     */
    abstract void fire(W window, W held) throws Exception;

    final void emit(W window, List<Object> held) throws Exception {
        collector.setTimestamp(window.maxTimestamp());
        if (function == null) {
            for (int i = 0; i < held.size(); i++) {
                collector.collect(held.get(i));
            }
        } else {
            function.process(state.currentKey(), context.of(window), held, collector);
        }
    }

    /** Tells the function that the window is gone. */
    final void clear(W window) throws Exception {
        if (function != null) {
            collector.setTimestamp(window.maxTimestamp());
            function.clear(state.currentKey(), context.of(window));
        }
    }
}
