// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;

/** Hands on every record: its several inputs reach it as one. */
final class UnionOperator extends Operator {
    private Output output;

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        output = operatorContext.output();
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        output.emit(record, timestamp);
    }
}
