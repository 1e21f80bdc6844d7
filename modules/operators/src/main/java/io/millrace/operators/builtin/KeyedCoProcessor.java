// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives the records of one of two keyed streams to the function that reads both. */
final class KeyedCoProcessor implements RecordProcessor {
    private final KeyedCoProcessFunction<Object, Object, Object, Object> function;
    private final KeyedCoProcessFunction.Context<Object> context;
    private final RecordCollector collector;
    private final boolean first;

    KeyedCoProcessor(
            KeyedCoProcessFunction<Object, Object, Object, Object> function,
            KeyedCoProcessFunction.Context<Object> context,
            RecordCollector collector,
            boolean first) {
        this.function = function;
        this.context = context;
        this.collector = collector;
        this.first = first;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collector.setTimestamp(timestamp);
        if (first) {
            function.processElement1(record, context, collector);
        } else {
            function.processElement2(record, context, collector);
        }
    }
}
