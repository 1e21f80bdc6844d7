// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ProcessFunction;
import io.millrace.operators.RecordProcessor;

/** Gives records to the general function. */
final class FunctionProcessor implements RecordProcessor {
    private final ProcessFunction<Object, Object> function;
    private final ProcessFunction.Context context;
    private final RecordCollector collector;

    FunctionProcessor(
            ProcessFunction<Object, Object> function, ProcessFunction.Context context, RecordCollector collector) {
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
