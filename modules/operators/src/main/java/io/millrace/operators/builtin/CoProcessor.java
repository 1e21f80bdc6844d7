// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives the records of one of two streams to the general function that reads both. */
final class CoProcessor implements RecordProcessor {
    private final CoProcessFunction<Object, Object, Object> function;
    private final CoProcessFunction.Context context;
    private final RecordCollector collector;
    private final boolean first;

    CoProcessor(
            CoProcessFunction<Object, Object, Object> function,
            CoProcessFunction.Context context,
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
