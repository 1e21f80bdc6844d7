// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FilterFunction;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Hands on the records that its function keeps. */
final class FilterOperator extends FunctionOperator {
    private final FilterFunction<Object> function;

    FilterOperator(FilterFunction<Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public RecordProcessor processor() {
        return specialised(
                MethodHandles.lookup(),
                FilterProcessor.class,
                function,
                context().output());
    }
}
