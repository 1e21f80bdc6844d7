// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import io.millrace.api.state.BroadcastState;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One subtask's copy of a map that is the same in all. Keys are of types that cannot change. */
final class BroadcastMap<K, V> implements BroadcastState<K, V>, HeldOperatorState {
    private final OperatorStateMeta meta;
    private final Codec<K> keyCodec;
    private final Codec<V> valueCodec;
    private Map<K, V> entries = new LinkedHashMap<>();
    private boolean shared;

    BroadcastMap(OperatorStateMeta meta, Codec<K> keyCodec, Codec<V> valueCodec) {
        this.meta = meta;
        this.keyCodec = keyCodec;
        this.valueCodec = valueCodec;
    }

    @Override
    public @Nullable V get(K key) {
        return entries.get(presentKey(key));
    }

    @Override
    public boolean contains(K key) {
        return entries.containsKey(presentKey(key));
    }

    @Override
    public Iterable<Map.Entry<K, V>> immutableEntries() {
        return Collections.unmodifiableMap(entries).entrySet();
    }

    @Override
    public void put(K key, V value) {
        presentKey(key);
        presentValue(key, value);
        own().put(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> added) {
        added.forEach((key, value) -> {
            presentKey(key);
            presentValue(key, value);
        });
        own().putAll(added);
    }

    @Override
    public void remove(K key) {
        if (contains(key)) {
            own().remove(key);
        }
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return this;
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return new Entries(own());
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public void clear() {
        entries = new LinkedHashMap<>();
        shared = false;
    }

    private Map<K, V> own() {
        if (shared) {
            entries = new LinkedHashMap<>(entries);
            shared = false;
        }
        return entries;
    }

    private K presentKey(K key) {
        if (key == null) {
            throw isNull("key");
        }
        return key;
    }

    private void presentValue(Object key, Object value) {
        if (value == null) {
            throw isNull("value of the key '" + key + "'");
        }
    }

    private NullPointerException isNull(String what) {
        return new NullPointerException("A " + what + " of the broadcast state '" + meta.name()
                + "' is null. Keys and values of a map are never null: remove the key instead.");
    }

    @Override
    public OperatorStateMeta meta() {
        return meta;
    }

    @Override
    public FrozenOperatorState freeze() {
        Codec<K> keys = keyCodec.duplicate();
        Codec<V> values = valueCodec.duplicate();
        Map<K, V> frozen = entries;
        if (valueCodec.isImmutable()) {
            shared = true;
        } else {
            frozen = new LinkedHashMap<>(entries);
            frozen.replaceAll((key, value) -> valueCodec.copy(value));
        }
        Map<K, V> written = frozen;
        return new FrozenOperatorState(meta, out -> write(written, keys, values, out));
    }

    private static <K, V> void write(Map<K, V> entries, Codec<K> keys, Codec<V> values, ByteWriter out) {
        out.writeVarInt(entries.size());
        entries.forEach((key, value) -> {
            keys.write(key, out);
            values.write(value, out);
        });
    }

    @Override
    public void restore(ByteReader content) {
        int size = content.readVarInt();
        if (size < 0) {
            throw new CodecException("a map has " + Integer.toUnsignedLong(size) + " entries");
        }
        Map<K, V> own = own();
        for (int i = 0; i < size; i++) {
            own.put(keyCodec.read(content), valueCodec.read(content));
        }
    }

    /** Iterates entries that may be changed, for as long as no snapshot has taken them. */
    private final class Entries implements Iterator<Map.Entry<K, V>> {
        private final Map<K, V> iterated;
        private final Iterator<Map.Entry<K, V>> iterator;

        private Entries(Map<K, V> iterated) {
            this.iterated = iterated;
            this.iterator = iterated.entrySet().iterator();
        }

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
            return new Changeable(iterator.next());
        }

        @Override
        public void remove() {
            requireOwn();
            iterator.remove();
        }

        private void requireOwn() {
            if (shared || iterated != entries) {
                throw new ConcurrentModificationException("The broadcast state '" + meta.name()
                        + "' is changed through an iterator of an earlier call; end the iteration within the call that"
                        + " began it.");
            }
        }

        /** Keeps nulls out, and snapshots whole. */
        private final class Changeable implements Map.Entry<K, V> {
            private final Map.Entry<K, V> entry;

            private Changeable(Map.Entry<K, V> entry) {
                this.entry = entry;
            }

            @Override
            public K getKey() {
                return entry.getKey();
            }

            @Override
            public V getValue() {
                return entry.getValue();
            }

            @Override
            public V setValue(V value) {
                requireOwn();
                presentValue(entry.getKey(), value);
                return entry.setValue(value);
            }

            @Override
            public boolean equals(@Nullable Object other) {
                return entry.equals(other);
            }

            @Override
            public int hashCode() {
                return entry.hashCode();
            }

            @Override
            public String toString() {
                return entry.toString();
            }
        }
    }
}
