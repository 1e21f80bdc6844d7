// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.MapFunction;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** One record to one record. */
final class MapOperator extends FunctionOperator {
    private final MapFunction<Object, Object> function;

    MapOperator(MapFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public RecordProcessor processor() {
        return specialised(
                MethodHandles.lookup(),
                MapProcessor.class,
                function,
                context().output(),
                context().operatorName());
    }
}
