// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FlatMapFunction;
import java.util.List;

/** One record to any number of records. */
final class FlatMapOperator extends FunctionOperator {
    private final FlatMapFunction<Object, Object> function;

    FlatMapOperator(FlatMapFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        function.flatMap(record, collectorAt(timestamp));
    }
}
