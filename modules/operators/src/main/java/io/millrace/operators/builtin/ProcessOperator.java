// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ProcessFunction;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs the general function on a stream without keys. */
final class ProcessOperator extends FunctionOperator {
    private final ProcessFunction<Object, Object> function;

    ProcessOperator(ProcessFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public RecordProcessor processor() {
        return specialised(
                MethodHandles.lookup(),
                FunctionProcessor.class,
                function,
                new RecordContext(context(), collector()),
                collector());
    }
}
