// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;

/** Names a {@link MapState} or a {@link BroadcastState}. */
@Stable
public final class MapStateDescriptor<K, V> extends StateDescriptor {
    private final TypeHint<K> keyType;
    private final TypeHint<V> valueType;

    public MapStateDescriptor(String name, Class<K> keyType, Class<V> valueType) {
        this(name, TypeHint.of(keyType), TypeHint.of(valueType));
    }

    public MapStateDescriptor(String name, TypeHint<K> keyType, TypeHint<V> valueType) {
        super(name, valueType);
        this.keyType = keyType;
        this.valueType = valueType;
    }

    /** The type of the map's keys. */
    public TypeHint<K> keyType() {
        return keyType;
    }

    /** The type of its values, the same as {@link #type()}. */
    public TypeHint<V> valueType() {
        return valueType;
    }
}
