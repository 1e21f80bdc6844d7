// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives the records of a stream, or those of a broadcast one, to the function that reads both. */
final class BroadcastProcessor implements RecordProcessor {
    private final BroadcastProcessFunction<Object, Object, Object> function;
    private final BroadcastProcessFunction.Context context;
    private final RecordCollector collector;
    private final boolean broadcast;

    BroadcastProcessor(
            BroadcastProcessFunction<Object, Object, Object> function,
            BroadcastProcessFunction.Context context,
            RecordCollector collector,
            boolean broadcast) {
        this.function = function;
        this.context = context;
        this.collector = collector;
        this.broadcast = broadcast;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collector.setTimestamp(timestamp);
        if (broadcast) {
            function.processBroadcastElement(record, context, collector);
        } else {
            function.processElement(record, context, collector);
        }
    }
}
