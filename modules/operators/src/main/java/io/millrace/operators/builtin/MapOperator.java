// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.MapFunction;
import java.util.List;

/** One record to one record. */
final class MapOperator extends FunctionOperator {
    private final MapFunction<Object, Object> function;

    MapOperator(MapFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collectorAt(timestamp).collect(function.map(record));
    }
}
