// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.RunKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values in a table. One of a mutable type is copied when it is read while a snapshot shares it. */
final class MemoryValueState<N, T> implements NamespacedValueState<N, T>, MemoryState {
    private final StateDefinition<N, T> definition;
    private final CurrentKey current;
    private final Versions versions;
    private final EntryTable table;
    private final boolean immutable;

    MemoryValueState(StateDefinition<N, T> definition, CurrentKey current, Versions versions) {
        this.definition = definition;
        this.current = current;
        this.versions = versions;
        this.table = new EntryTable(versions);
        this.immutable = definition.valueCodec().isImmutable();
    }

    @Override
    public @Nullable T get(N namespace) {
        int hash = EntryTable.hash(current.hash(), namespace);
        Entry entry = table.find(hash, current.key(), namespace);
        if (entry == null) {
            return null;
        }
        if (immutable || !versions.isShared(entry.version)) {
            return value(entry);
        }
        T copy = definition.valueCodec().copy(value(entry));
        table.put(hash, current, namespace, copy);
        return copy;
    }

    /** The value for one who will not change it. */
    @Nullable
    T peek(N namespace) {
        Entry entry = table.find(EntryTable.hash(current.hash(), namespace), current.key(), namespace);
        return entry == null ? null : value(entry);
    }

    @Override
    public void put(N namespace, T value) {
        Objects.requireNonNull(value, "value");
        table.put(EntryTable.hash(current.hash(), namespace), current, namespace, value);
    }

    @Override
    public void remove(N namespace) {
        table.remove(EntryTable.hash(current.hash(), namespace), current.key(), namespace);
    }

    @Override
    public StateDefinition<N, T> definition() {
        return definition;
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public FrozenState<?> freeze() {
        return new FrozenEntries<>(definition.duplicate(), table.copyOfSlots());
    }

    @Override
    public void restore(RawEntry entry) {
        ByteReader entryKey = entry.keyReader();
        Object key = RunKeys.readKey(entryKey, definition.keyCodec());
        N namespace = definition.namespaceCodec().read(entryKey);
        RunKeys.requireEnd(entryKey, "namespace");
        ByteReader bytes = entry.valueReader();
        T value = definition.valueCodec().read(bytes);
        RunKeys.requireEnd(bytes, "value");
        current.setRestored(key, entry.keyGroup());
        put(namespace, value);
    }

    @SuppressWarnings("unchecked") // only put() and restore() make entries, both of T
    private T value(Entry entry) {
        return (T) entry.value;
    }
}
