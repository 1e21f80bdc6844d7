// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ProcessFunction;
import io.millrace.operators.OperatorContext;
import java.util.List;

/** Runs the general function on a stream without keys. */
final class ProcessOperator extends FunctionOperator {
    private final ProcessFunction<Object, Object> function;
    private ProcessFunction.Context recordContext;

    ProcessOperator(ProcessFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        recordContext = new RecordContext(operatorContext, collector());
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        function.processElement(record, recordContext, collectorAt(timestamp));
    }
}
