// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

import io.millrace.api.state.MapState;
import io.millrace.state.NamespacedValueState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A map as values by namespace; what is iterated is a copy. */
final class FakeMapState<K, V> implements MapState<K, V> {
    private final NamespacedValueState<K, V> values;

    FakeMapState(NamespacedValueState<K, V> values) {
        this.values = values;
    }

    @Override
    public V get(K key) {
        return values.get(key);
    }

    @Override
    public boolean contains(K key) {
        return values.get(key) != null;
    }

    @Override
    public void put(K key, V value) {
        values.put(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        entries.forEach(values::put);
    }

    @Override
    public void remove(K key) {
        values.remove(key);
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return this;
    }

    @Override
    public List<K> keys() {
        List<K> keys = new ArrayList<>();
        values.addNamespacesTo(keys);
        return keys;
    }

    @Override
    public Iterable<V> values() {
        return keys().stream().map(values::get).toList();
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return keys().stream().map(key -> Map.entry(key, values.get(key))).iterator();
    }

    @Override
    public boolean isEmpty() {
        return keys().isEmpty();
    }

    @Override
    public void clear() {
        keys().forEach(values::remove);
    }
}
