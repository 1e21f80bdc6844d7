// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;

/** Names a {@link ValueState}. */
@Stable
public final class ValueStateDescriptor<T> extends StateDescriptor {
    private final TypeHint<T> valueType;

    public ValueStateDescriptor(String name, Class<T> valueType) {
        this(name, TypeHint.of(valueType));
    }

    public ValueStateDescriptor(String name, TypeHint<T> valueType) {
        super(name, valueType);
        this.valueType = valueType;
    }

    /** The same as {@link #type()}. */
    public TypeHint<T> valueType() {
        return valueType;
    }
}
