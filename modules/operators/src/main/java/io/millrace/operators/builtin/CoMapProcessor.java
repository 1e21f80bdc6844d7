// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.CoMapFunction;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;

/** Maps the records of one of two streams. */
final class CoMapProcessor implements RecordProcessor {
    private final CoMapFunction<Object, Object, Object> function;
    private final Output output;
    private final String operatorName;
    private final boolean first;

    CoMapProcessor(CoMapFunction<Object, Object, Object> function, Output output, String operatorName, boolean first) {
        this.function = function;
        this.output = output;
        this.operatorName = operatorName;
        this.first = first;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        Object result = first ? function.map1(record) : function.map2(record);
        if (result == null) {
            throw RecordCollector.emittedNull(operatorName, "");
        }
        output.emit(result, timestamp);
    }
}
