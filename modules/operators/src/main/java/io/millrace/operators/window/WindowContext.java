// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.builtin.RecordCollector;
import org.jspecify.annotations.Nullable;

/** What a window's function sees of the window that fires. One a subtask, moved from window to window. */
final class WindowContext<W> implements ProcessWindowFunction.Context<W> {
    private final OperatorContext context;
    private final RecordCollector collector;
    private final KeyedStateStore keyState;
    private final @Nullable WindowStates<W> windowStates;
    private W window;

    /**
     * @param keyState state that all windows of a key share
     * @param windowStates state of one window, or null where windows merge
     */
    @SuppressWarnings("NullAway.Init")
    WindowContext(
            OperatorContext context,
            RecordCollector collector,
            KeyedStateStore keyState,
            @Nullable WindowStates<W> windowStates) {
        this.context = context;
        this.collector = collector;
        this.keyState = keyState;
        this.windowStates = windowStates;
    }

    WindowContext<W> of(W firing) {
        window = firing;
        return this;
    }

    @Override
    public W window() {
        return window;
    }

    @Override
    public long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public long currentProcessingTime() {
        return context.clock().millis();
    }

    @Override
    public KeyedStateStore windowState() {
        if (windowStates == null) {
            throw new UnsupportedOperationException("The windows of operator '" + context.operatorName() + "' ("
                    + context.operatorId() + ") merge, and what a function keeps for one of them cannot be merged:"
                    + " use globalState(), which belongs to the key.");
        }
        return windowStates.of(window);
    }

    @Override
    public KeyedStateStore globalState() {
        return keyState;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }
}
