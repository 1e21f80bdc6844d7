// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs a function that reads two streams without keys. */
final class ConnectOperator extends FunctionOperator {
    private final ConnectSpec.Kind kind;
    private final RichFunction function;

    ConnectOperator(ConnectSpec spec) {
        super(List.of(spec.function()));
        this.kind = spec.kind();
        this.function = spec.function();
    }

    @Override
    public RecordProcessor processor() {
        return processor(0);
    }

    @Override
    public RecordProcessor processor(int input) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        boolean first = input == 0;
        if (kind == ConnectSpec.Kind.MAP) {
            return specialised(
                    lookup,
                    CoMapProcessor.class,
                    function,
                    context().output(),
                    context().operatorName(),
                    first);
        }
        if (kind == ConnectSpec.Kind.FLAT_MAP) {
            return specialised(lookup, CoFlatMapProcessor.class, function, collector(), first);
        }
        return specialised(
                lookup, CoProcessor.class, function, new RecordContext(context(), collector()), collector(), first);
    }
}
