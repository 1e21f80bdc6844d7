// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** One record to any number of records. */
final class FlatMapOperator extends FunctionOperator {
    private final FlatMapFunction<Object, Object> function;

    FlatMapOperator(FlatMapFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public RecordProcessor processor() {
        return specialised(MethodHandles.lookup(), FlatMapProcessor.class, function, collector());
    }
}
