// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.MapState;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map as values by namespace: each entry has a node of its own, which a snapshot shares by itself. */
final class MemoryMapState<K, V> implements MapState<K, V> {
    private final HeldNamespaces<K, V> entries;

    MemoryMapState(HeldNamespaces<K, V> entries) {
        this.entries = entries;
    }

    @Override
    public @Nullable V get(K key) {
        return entries.get(present(key));
    }

    @Override
    public boolean contains(K key) {
        return entries.peek(present(key)) != null;
    }

    @Override
    public void put(K key, V value) {
        present(key);
        if (value == null) {
            throw isNull("value of the key '" + key + "'");
        }
        entries.put(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> added) {
        added.forEach((key, value) -> {
            present(key);
            if (value == null) {
                throw isNull("value of the key '" + key + "'");
            }
        });
        added.forEach(entries::put);
    }

    @Override
    public void remove(K key) {
        entries.remove(present(key));
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return this;
    }

    @Override
    public Iterable<K> keys() {
        return () -> mapped(Map.Entry::getKey);
    }

    @Override
    public Iterable<V> values() {
        return () -> mapped(Map.Entry::getValue);
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return new MemoryMapIterator<>(entries);
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public void clear() {
        entries.dropAll();
    }

    private <T> Iterator<T> mapped(Function<Map.Entry<K, V>, T> part) {
        Iterator<Map.Entry<K, V>> iterator = iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public T next() {
                return part.apply(iterator.next());
            }

            @Override
            public void remove() {
                iterator.remove();
            }
        };
    }

    private K present(K key) {
        if (key == null) {
            throw isNull("key");
        }
        return key;
    }

    private NullPointerException isNull(String what) {
        return new NullPointerException("Operator '" + entries.keys().operatorId() + "': a " + what
                + " of the map state '" + entries.definition().name()
                + "' is null. Keys and values of a map are never null: remove the key instead.");
    }
}
