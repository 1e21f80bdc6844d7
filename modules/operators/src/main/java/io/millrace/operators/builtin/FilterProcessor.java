// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FilterFunction;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;

/** Filters records. */
final class FilterProcessor implements RecordProcessor {
    private final FilterFunction<Object> function;
    private final Output output;

    FilterProcessor(FilterFunction<Object> function, Output output) {
        this.function = function;
        this.output = output;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        if (function.filter(record)) {
            output.emit(record, timestamp);
        }
    }
}
