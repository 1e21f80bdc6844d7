// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.MapFunction;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import java.util.List;

/** One record to one record. */
final class MapOperator extends FunctionOperator {
    private final MapFunction<Object, Object> function;
    private Output output;

    MapOperator(MapFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        output = operatorContext.output();
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        Object result = function.map(record);
        if (result == null) {
            throw RecordCollector.emittedNull(context().operatorName(), "");
        }
        output.emit(result, timestamp);
    }
}
