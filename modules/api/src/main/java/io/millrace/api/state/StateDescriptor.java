// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;

/** Names a state and its type. The name is unique in the operator and stays the same for the life of the state. */
@Stable
public abstract sealed class StateDescriptor
        permits ValueStateDescriptor,
                ListStateDescriptor,
                MapStateDescriptor,
                ReducingStateDescriptor,
                AggregatingStateDescriptor {
    private final String name;
    private final TypeHint<?> type;

    StateDescriptor(String name, TypeHint<?> type) {
        if (name.isBlank() || name.length() > 120) {
            throw new IllegalArgumentException("A state's name must have 1 to 120 characters: '" + name + "'");
        }
        this.name = name;
        this.type = type;
    }

    public final String name() {
        return name;
    }

    /** The type of its values (of a list's elements, of a map's values, of an aggregate's accumulators). */
    public final TypeHint<?> type() {
        return type;
    }
}
