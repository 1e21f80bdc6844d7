// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ProcessFunction;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;

/** What a process function sees of the record it was given. */
final class RecordContext implements ProcessFunction.Context {
    private final OperatorContext context;
    private final RecordCollector collector;

    RecordContext(OperatorContext context, RecordCollector collector) {
        this.context = context;
        this.collector = collector;
    }

    @Override
    public long timestamp() {
        return collector.timestamp();
    }

    @Override
    public long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }
}
