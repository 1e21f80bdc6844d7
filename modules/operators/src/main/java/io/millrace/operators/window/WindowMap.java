// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.state.MapState;
import io.millrace.state.NamespacedValueState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map of the window that its {@link WindowStates} are at. To iterate it, the entries of all windows of the key are
 * looked through.
 */
final class WindowMap<W, K, V> implements MapState<K, V> {
    private final String name;
    private final WindowStates<W> states;
    private final NamespacedValueState<WindowEntry<W, K>, V> entries;
    /** Counts keys that have come and gone. */
    private long changes;

    WindowMap(String name, WindowStates<W> states, NamespacedValueState<WindowEntry<W, K>, V> entries) {
        this.name = name;
        this.states = states;
        this.entries = entries;
    }

    private WindowEntry<W, K> at(K key) {
        if (key == null) {
            throw states.isNull(name, "key");
        }
        return new WindowEntry<>(states.window(), key);
    }

    private V present(K key, V value) {
        if (value == null) {
            throw states.isNull(name, "value of the key '" + key + "'");
        }
        return value;
    }

    @Override
    public @Nullable V get(K key) {
        return entries.get(at(key));
    }

    @Override
    public boolean contains(K key) {
        return entries.peek(at(key)) != null;
    }

    @Override
    public void put(K key, V value) {
        WindowEntry<W, K> entry = at(key);
        present(key, value);
        if (entries.peek(entry) == null) {
            changes++;
        }
        entries.put(entry, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> all) {
        all.forEach((key, value) -> {
            at(key);
            present(key, value);
        });
        all.forEach(this::put);
    }

    @Override
    public void remove(K key) {
        WindowEntry<W, K> entry = at(key);
        if (entries.peek(entry) != null) {
            changes++;
            entries.remove(entry);
        }
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return this;
    }

    @Override
    public Iterable<K> keys() {
        return () -> new Walk<>(Map.Entry::getKey);
    }

    @Override
    public Iterable<V> values() {
        return () -> new Walk<>(Map.Entry::getValue);
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return new Walk<>(entry -> entry);
    }

    @Override
    public boolean isEmpty() {
        return !iterator().hasNext();
    }

    @Override
    public void clear() {
        for (WindowEntry<W, K> entry : ofWindow()) {
            changes++;
            entries.remove(entry);
        }
    }

    private List<WindowEntry<W, K>> ofWindow() {
        List<WindowEntry<W, K>> all = new ArrayList<>();
        entries.addNamespacesTo(all);
        all.removeIf(entry -> !entry.window().equals(states.window()));
        return all;
    }

    /** An entry while it is iterated. */
    private final class Entry implements Map.Entry<K, V> {
        private final Walk<?> walk;
        private final WindowEntry<W, K> entry;

        private Entry(Walk<?> walk, WindowEntry<W, K> entry) {
            this.walk = walk;
            this.entry = entry;
        }

        @Override
        public K getKey() {
            return entry.key();
        }

        @Override
        public V getValue() {
            walk.requireSameMap();
            return Objects.requireNonNull(entries.get(entry), "The entry was removed.");
        }

        @Override
        public V setValue(V value) {
            V before = getValue();
            entries.put(entry, present(entry.key(), value));
            return before;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> another
                    && getKey().equals(another.getKey())
                    && getValue().equals(another.getValue());
        }

        @Override
        public int hashCode() {
            return getKey().hashCode() ^ getValue().hashCode();
        }

        @Override
        public String toString() {
            return getKey() + "=" + getValue();
        }
    }

    /** Goes through the entries of the window. */
    private final class Walk<R> implements Iterator<R> {
        private final Function<Map.Entry<K, V>, R> view;
        private final Object key = states.currentKey();
        private final W window = states.window();
        private final Iterator<WindowEntry<W, K>> left = ofWindow().iterator();
        private long expectedChanges = changes;
        private @Nullable WindowEntry<W, K> last;

        private Walk(Function<Map.Entry<K, V>, R> view) {
            this.view = view;
        }

        @Override
        public boolean hasNext() {
            return left.hasNext();
        }

        @Override
        public R next() {
            requireUnchanged();
            if (!left.hasNext()) {
                throw new NoSuchElementException("The map has no more entries.");
            }
            last = left.next();
            return view.apply(new Entry(this, last));
        }

        @Override
        public void remove() {
            requireUnchanged();
            if (last == null) {
                throw new IllegalStateException("There is no entry to remove: call next() first.");
            }
            entries.remove(last);
            last = null;
            changes++;
            expectedChanges++;
        }

        private void requireUnchanged() {
            requireSameMap();
            if (changes != expectedChanges) {
                throw states.changed(name, "keys came or went");
            }
        }

        private void requireSameMap() {
            if (!window.equals(states.window()) || !key.equals(states.currentKey())) {
                throw states.changed(name, "another key or window became current");
            }
        }
    }
}
