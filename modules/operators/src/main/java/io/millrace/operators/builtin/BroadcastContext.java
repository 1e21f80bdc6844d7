// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;

/** What a function sees that reads a broadcast stream; which of its two methods it is in decides what it may do. */
class BroadcastContext implements BroadcastProcessFunction.Context {
    private final OperatorContext context;
    private final BroadcastStates states;
    private final RecordCollector collector;

    BroadcastContext(OperatorContext context, BroadcastStates states, RecordCollector collector) {
        this.context = context;
        this.states = states;
        this.collector = collector;
    }

    @Override
    public final long timestamp() {
        return collector.timestamp();
    }

    @Override
    public final long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public final long currentProcessingTime() {
        return context.clock().millis();
    }

    @Override
    public final <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }

    @Override
    public final <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor) {
        return states.of(descriptor);
    }
}
