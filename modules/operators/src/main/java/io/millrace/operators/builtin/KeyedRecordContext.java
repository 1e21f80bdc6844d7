// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;

/** What a keyed process function sees of the record or timer it was given. */
final class KeyedRecordContext implements KeyedProcessFunction.Context<Object>, TimerService {
    private final OperatorContext context;
    private final KeyedStateBackend state;
    private final TimerQueue<NoNamespace> timers;
    private final RecordCollector collector;

    KeyedRecordContext(
            OperatorContext context,
            KeyedStateBackend state,
            TimerQueue<NoNamespace> timers,
            RecordCollector collector) {
        this.context = context;
        this.state = state;
        this.timers = timers;
        this.collector = collector;
    }

    @Override
    public Object currentKey() {
        return state.currentKey();
    }

    @Override
    public long timestamp() {
        return collector.timestamp();
    }

    @Override
    public TimerService timerService() {
        return this;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }

    @Override
    public long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public void registerEventTimeTimer(long timestamp) {
        timers.add(timestamp, NoNamespace.INSTANCE);
    }

    @Override
    public void deleteEventTimeTimer(long timestamp) {
        timers.remove(timestamp, NoNamespace.INSTANCE);
    }
}
