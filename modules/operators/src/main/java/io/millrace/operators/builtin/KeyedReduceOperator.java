// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the running value of each key and emits it for every record. */
final class KeyedReduceOperator extends KeyedOperator {
    private final ReduceFunction<Object> function;
    private final @Nullable TypeHint<?> type;
    private final StateCodecs codecs;
    private NamespacedValueState<NoNamespace, Object> values;

    KeyedReduceOperator(ReduceFunction<Object> function, @Nullable TypeHint<?> type, StateCodecs codecs) {
        super(List.of(function));
        this.function = function;
        this.type = type;
        this.codecs = codecs;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        values = keyedState()
                .namespacedValue("_reduce", NoNamespace.CODEC, codecs.codecOf(operatorContext.codecs(), type));
    }

    @Override
    public RecordProcessor processor() {
        return specialised(MethodHandles.lookup(), ReduceProcessor.class, function, values, collector());
    }
}
