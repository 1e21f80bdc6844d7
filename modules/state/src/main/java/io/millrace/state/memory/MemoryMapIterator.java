// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Goes through the keys that a map had when the iteration began, and looks each value up when it comes to it. */
final class MemoryMapIterator<K, V> implements Iterator<Map.Entry<K, V>> {
    private final HeldNamespaces<K, V> entries;
    private final Object streamKey;
    private final List<K> keys = new ArrayList<>();
    private int next;
    private boolean removable;
    private int sizeChanges;

    MemoryMapIterator(HeldNamespaces<K, V> entries) {
        this.entries = entries;
        this.streamKey = entries.keys().key();
        entries.addNamespacesTo(keys);
        this.sizeChanges = entries.sizeChanges();
    }

    @Override
    public boolean hasNext() {
        return next < keys.size();
    }

    @Override
    public Map.Entry<K, V> next() {
        requireUnchanged();
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        removable = true;
        K key = keys.get(next++);
        return new Entry(key, Objects.requireNonNull(entries.get(key)));
    }

    @Override
    public void remove() {
        requireUnchanged();
        if (!removable) {
            throw new IllegalStateException("remove() goes with the entry that next() gave last, once.");
        }
        removable = false;
        entries.remove(keys.get(next - 1));
        sizeChanges = entries.sizeChanges();
    }

    private void requireUnchanged() {
        // The same object for as long as the key holds anything, which it does while this has something to iterate.
        if ((hasNext() || removable) && entries.keys().key() != streamKey || sizeChanges != entries.sizeChanges()) {
            throw new ConcurrentModificationException("Operator '"
                    + entries.keys().operatorId() + "': the map state '"
                    + entries.definition().name() + "' of key '" + streamKey + "' is iterated, and meanwhile entries"
                    + " were added or removed, or another key became current. Remove through the iterator, add after"
                    + " the iteration, and end it within the call that began it.");
        }
    }

    /** An entry as it was when the iterator came to it. */
    private final class Entry implements Map.Entry<K, V> {
        private final K key;
        private V value;

        private Entry(K key, V value) {
            this.key = key;
            this.value = value;
        }

        @Override
        public K getKey() {
            return key;
        }

        @Override
        public V getValue() {
            return value;
        }

        @Override
        public V setValue(V newValue) {
            requireUnchanged();
            V before = value;
            entries.put(key, Objects.requireNonNull(newValue, "value"));
            value = newValue;
            return before;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && key.equals(entry.getKey())
                    && value.equals(entry.getValue());
        }

        @Override
        public int hashCode() {
            return key.hashCode() ^ value.hashCode();
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }
}
