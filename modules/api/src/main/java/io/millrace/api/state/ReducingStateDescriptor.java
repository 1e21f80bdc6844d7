// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.types.TypeHint;

/** Names a {@link ReducingState}. */
@Stable
public final class ReducingStateDescriptor<T> extends StateDescriptor {
    private final TypeHint<T> valueType;
    private final ReduceFunction<T> function;

    public ReducingStateDescriptor(String name, ReduceFunction<T> function, Class<T> type) {
        this(name, function, TypeHint.of(type));
    }

    /**
     * @param function combines two values; it is neither opened nor closed
     */
    public ReducingStateDescriptor(String name, ReduceFunction<T> function, TypeHint<T> type) {
        super(name, type);
        this.valueType = type;
        this.function = function;
    }

    public ReduceFunction<T> function() {
        return function;
    }

    /** The same as {@link #type()}. */
    public TypeHint<T> valueType() {
        return valueType;
    }
}
