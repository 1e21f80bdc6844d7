// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;

/** What a window's function sees of the window that fires. One a subtask, moved from window to window. */
final class WindowContext<W> implements ProcessWindowFunction.Context<W> {
    private final OperatorContext context;
    private final RecordCollector collector;
    private W window;

    @SuppressWarnings("NullAway.Init")
    WindowContext(OperatorContext context, RecordCollector collector) {
        this.context = context;
        this.collector = collector;
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
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }
}
