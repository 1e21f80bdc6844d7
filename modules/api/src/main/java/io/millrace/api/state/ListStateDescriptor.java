// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;

/** Names a {@link ListState}. */
@Stable
public final class ListStateDescriptor<T> extends StateDescriptor {
    private final TypeHint<T> elementType;

    public ListStateDescriptor(String name, Class<T> elementType) {
        this(name, TypeHint.of(elementType));
    }

    public ListStateDescriptor(String name, TypeHint<T> elementType) {
        super(name, elementType);
        this.elementType = elementType;
    }

    /** The same as {@link #type()}. */
    public TypeHint<T> elementType() {
        return elementType;
    }
}
