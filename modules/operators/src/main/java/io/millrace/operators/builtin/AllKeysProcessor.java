// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives broadcast records to the function that reads a keyed stream too; no key is current. */
final class AllKeysProcessor implements RecordProcessor {
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object> function;
    private final KeyedBroadcastProcessFunction.Context<Object> context;
    private final RecordCollector collector;

    AllKeysProcessor(
            KeyedBroadcastProcessFunction<Object, Object, Object, Object> function,
            KeyedBroadcastProcessFunction.Context<Object> context,
            RecordCollector collector) {
        this.function = function;
        this.context = context;
        this.collector = collector;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collector.setTimestamp(timestamp);
        function.processBroadcastElement(record, context, collector);
    }
}
