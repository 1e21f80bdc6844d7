// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;

/** Names a {@link ValueState}. */
@Stable
public final class ValueStateDescriptor<T> extends StateDescriptor {
    public ValueStateDescriptor(String name, Class<T> type) {
        super(name, TypeHint.of(type));
    }

    public ValueStateDescriptor(String name, TypeHint<T> type) {
        super(name, type);
    }
}
