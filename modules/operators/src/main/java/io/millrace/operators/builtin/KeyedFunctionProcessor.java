// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives records to the general function of a keyed stream. */
final class KeyedFunctionProcessor implements RecordProcessor {
    private final KeyedProcessFunction<Object, Object, Object> function;
    private final KeyedProcessFunction.Context<Object> context;
    private final RecordCollector collector;

    KeyedFunctionProcessor(
            KeyedProcessFunction<Object, Object, Object> function,
            KeyedProcessFunction.Context<Object> context,
            RecordCollector collector) {
        this.function = function;
        this.context = context;
        this.collector = collector;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collector.setTimestamp(timestamp);
        function.processElement(record, context, collector);
    }
}
