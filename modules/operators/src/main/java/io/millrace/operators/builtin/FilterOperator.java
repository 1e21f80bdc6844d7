// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FilterFunction;
import java.util.List;

/** Hands on the records that its function keeps. */
final class FilterOperator extends FunctionOperator {
    private final FilterFunction<Object> function;

    FilterOperator(FilterFunction<Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        if (function.filter(record)) {
            context().output().emit(record, timestamp);
        }
    }
}
