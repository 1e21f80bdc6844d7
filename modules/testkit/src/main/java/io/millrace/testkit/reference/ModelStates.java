// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.MapState;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ValueState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds of keyed state, each over one cell that holds what the current key has. */
final class ModelStates {
    private ModelStates() {}

    /** What a state holds for the current key; null for nothing. */
    interface Cell<T> {
        @Nullable
        T get();

        void put(@Nullable T value);
    }

    record OfValue<T>(Cell<T> cell) implements ValueState<T> {
        @Override
        public @Nullable T value() {
            return cell.get();
        }

        @Override
        public void update(@Nullable T value) {
            cell.put(value);
        }

        @Override
        public void clear() {
            cell.put(null);
        }
    }

    record OfList<T>(Cell<List<T>> cell) implements ListState<T> {
        @Override
        public void add(T value) {
            List<T> longer = new ArrayList<>(get());
            longer.add(value);
            cell.put(longer);
        }

        @Override
        public List<T> get() {
            List<T> list = cell.get();
            return list == null ? List.of() : Collections.unmodifiableList(list);
        }

        @Override
        public void update(List<T> values) {
            cell.put(new ArrayList<>(values));
        }

        @Override
        public void clear() {
            cell.put(null);
        }
    }

    /** Iterates in the order of the keys, which are comparable. */
    record OfMap<K, V>(Cell<Map<K, V>> cell) implements MapState<K, V> {
        private Map<K, V> map() {
            Map<K, V> map = cell.get();
            if (map == null) {
                map = new TreeMap<>();
                cell.put(map);
            }
            return map;
        }

        @Override
        public @Nullable V get(K key) {
            return map().get(key);
        }

        @Override
        public boolean contains(K key) {
            return map().containsKey(key);
        }

        @Override
        public void put(K key, V value) {
            map().put(key, value);
        }

        @Override
        public void putAll(Map<? extends K, ? extends V> entries) {
            map().putAll(entries);
        }

        @Override
        public void remove(K key) {
            map().remove(key);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() {
            return map().entrySet();
        }

        @Override
        public Iterable<K> keys() {
            return map().keySet();
        }

        @Override
        public Iterable<V> values() {
            return map().values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return map().entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return map().isEmpty();
        }

        @Override
        public void clear() {
            cell.put(null);
        }
    }

    record Reduced<T>(Cell<T> cell, ReduceFunction<T> function) implements ReducingState<T> {
        @Override
        public void add(T value) throws Exception {
            T before = cell.get();
            cell.put(before == null ? value : function.reduce(before, value));
        }

        @Override
        public @Nullable T get() {
            return cell.get();
        }

        @Override
        public void clear() {
            cell.put(null);
        }
    }

    /** Keeps all that was added, and folds it when asked. */
    record Aggregated<I, A, R>(Cell<List<I>> cell, AggregateFunction<I, A, R> function)
            implements AggregatingState<I, R> {
        @Override
        public void add(I value) {
            List<I> before = cell.get();
            List<I> longer = before == null ? new ArrayList<>() : new ArrayList<>(before);
            longer.add(value);
            cell.put(longer);
        }

        @Override
        public @Nullable R get() {
            List<I> values = cell.get();
            if (values == null) {
                return null;
            }
            A accumulator = function.createAccumulator();
            for (I value : values) {
                accumulator = function.add(value, accumulator);
            }
            return function.getResult(accumulator);
        }

        @Override
        public void clear() {
            cell.put(null);
        }
    }
}
