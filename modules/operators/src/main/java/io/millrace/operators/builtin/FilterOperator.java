// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FilterFunction;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import java.util.List;

/** Hands on the records that its function keeps. */
final class FilterOperator extends FunctionOperator {
    private final FilterFunction<Object> function;
    private Output output;

    FilterOperator(FilterFunction<Object> function) {
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
        if (function.filter(record)) {
            output.emit(record, timestamp);
        }
    }
}
