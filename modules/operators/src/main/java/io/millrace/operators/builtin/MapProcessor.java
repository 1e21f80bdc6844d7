// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.MapFunction;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;

/** Maps records. */
final class MapProcessor implements RecordProcessor {
    private final MapFunction<Object, Object> function;
    private final Output output;
    private final String operatorName;

    MapProcessor(MapFunction<Object, Object> function, Output output, String operatorName) {
        this.function = function;
        this.output = output;
        this.operatorName = operatorName;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        Object result = function.map(record);
        if (result == null) {
            throw RecordCollector.emittedNull(operatorName, "");
        }
        output.emit(result, timestamp);
    }
}
