// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;

/** What a function without keys, of one stream or of two, sees of the record it was given. */
final class RecordContext implements CoProcessFunction.Context {
    private final OperatorContext context;
    private final RecordCollector collector;
    private final TimerService times;

    RecordContext(OperatorContext context, RecordCollector collector) {
        this.context = context;
        this.collector = collector;
        this.times = new TimesOnly(context);
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
    public TimerService timerService() {
        return times;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }
}
