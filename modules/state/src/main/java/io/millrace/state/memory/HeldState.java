// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.Codec;
import io.millrace.state.RunKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state whose values hang from the keys' entries: what does not run for each record. What does is in subclasses, which
 * keep fields of their own for it: final fields are taken for constants in the specialised class alone.
 */
abstract class HeldState<N, T> implements MemoryState {
    private final CurrentKey keys;
    private final Versions versions;
    private final int index;
    private final StateDefinition<N, T> definition;
    private int size;
    private int sizeChanges;

    /**
     * @param copier see {@link CurrentKey#addState}
     */
    HeldState(StateDefinition<N, T> definition, CurrentKey keys, Versions versions, @Nullable Codec<Object> copier) {
        this.definition = definition;
        this.keys = keys;
        this.versions = versions;
        this.index = keys.addState(copier);
    }

    /** The codec of values where they must be copied with their entry, or null. */
    @SuppressWarnings("unchecked") // the state alone stores values at its index, all of T
    static <T> @Nullable Codec<Object> copierOf(Codec<T> codec) {
        return codec.isImmutable() ? null : (Codec<Object>) codec;
    }

    final CurrentKey keys() {
        return keys;
    }

    final Versions versions() {
        return versions;
    }

    /** Of the state, in the keys' entries. */
    final int index() {
        return index;
    }

    /** Stores what was restored for the current key. */
    abstract void restoreValue(N namespace, T value);

    @Override
    public final StateDefinition<N, T> definition() {
        return definition;
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final void restore(RawEntry entry) {
        ByteReader entryKey = entry.keyReader();
        Object key = RunKeys.readKey(entryKey, definition.keyCodec());
        N namespace = definition.namespaceCodec().read(entryKey);
        RunKeys.requireEnd(entryKey, "namespace");
        ByteReader bytes = entry.valueReader();
        T value = definition.valueCodec().read(bytes);
        RunKeys.requireEnd(bytes, "value");
        keys.setRestored(key, entry.keyGroup());
        restoreValue(namespace, value);
    }

    final void countUp() {
        size++;
        sizeChanges++;
    }

    final void countDown(int entries) {
        size -= entries;
        sizeChanges++;
    }

    /** Differs from an earlier answer where entries of namespaces were added or removed since. */
    final int sizeChanges() {
        return sizeChanges;
    }

    /** Stores a value of a state without namespaces where there was none, or where the entry is shared. */
    final void store(T value) {
        Objects.requireNonNull(value, "value");
        KeyEntry entry = keys.changeable(index);
        if (entry.get(index) == null) {
            size++;
        }
        entry.set(index, value);
    }

    /** Takes away the value of a state without namespaces. */
    final void clearValue() {
        KeyEntry entry = keys.entry();
        if (entry != null && entry.get(index) != null) {
            keys.clear(entry, index);
            size--;
        }
    }
}
