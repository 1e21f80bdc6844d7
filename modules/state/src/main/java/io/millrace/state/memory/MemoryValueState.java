// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.NoNamespace;
import org.jspecify.annotations.Nullable;

/** One value a key. One of a mutable type is copied when it is read while a snapshot shares it. */
final class MemoryValueState<T> extends HeldValue<T> {
    private final CurrentKey keys;
    private final Versions versions;
    private final int index;
    private final boolean immutable;

    MemoryValueState(StateDefinition<NoNamespace, T> definition, CurrentKey keys, Versions versions) {
        super(definition, keys, versions);
        this.keys = keys;
        this.versions = versions;
        this.index = index();
        this.immutable = definition.valueCodec().isImmutable();
    }

    @Override
    @SuppressWarnings("unchecked") // the state alone stores values at its index, all of T
    public @Nullable T get(NoNamespace namespace) {
        KeyEntry entry = keys.entry();
        if (entry == null) {
            return null;
        }
        Object value = entry.get(index);
        if (immutable || value == null || !versions.isShared(entry.version)) {
            return (T) value;
        }
        return (T) keys.changeable(-1).get(index);
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public @Nullable T peek(NoNamespace namespace) {
        KeyEntry entry = keys.entry();
        return entry == null ? null : (T) entry.get(index);
    }

    @Override
    public void put(NoNamespace namespace, T value) {
        KeyEntry entry = keys.entry();
        if (entry == null || value == null || entry.get(index) == null || versions.isShared(entry.version)) {
            store(value);
        } else {
            entry.set(index, value);
        }
    }

    @Override
    public @Nullable T value() {
        return get(NoNamespace.INSTANCE);
    }

    @Override
    public void update(@Nullable T value) {
        if (value == null) {
            clearValue();
        } else {
            put(NoNamespace.INSTANCE, value);
        }
    }
}
