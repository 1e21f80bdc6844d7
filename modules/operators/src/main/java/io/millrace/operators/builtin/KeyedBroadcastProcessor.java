// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives the records of a keyed stream to the function that reads a broadcast one too. */
final class KeyedBroadcastProcessor implements RecordProcessor {
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object> function;
    private final KeyedBroadcastProcessFunction.ReadOnlyContext<Object> context;
    private final RecordCollector collector;

    KeyedBroadcastProcessor(
            KeyedBroadcastProcessFunction<Object, Object, Object, Object> function,
            KeyedBroadcastProcessFunction.ReadOnlyContext<Object> context,
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
