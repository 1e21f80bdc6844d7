// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.state.FoldedAggregatingState;
import io.millrace.state.FoldedReducingState;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.RunReader;
import io.millrace.state.RunWriter;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TimerQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keyed state in hash maps. A snapshot is a deep copy; namespaces go through their codec's bytes, as they do for real. */
final class FakeKeyedState implements KeyedStateBackend {
    /** Copies of all entries. */
    static final class Copy implements StateSnapshot {
        private final Map<Address, Object> entries = new HashMap<>();
        private final Map<String, List<TimerQueue.Timer<?>>> timers = new HashMap<>();

        @Override
        public void writeTo(RunWriter run) {
            throw new UnsupportedOperationException("A copy in memory is never written.");
        }

        @Override
        public void close() {}
    }

    private record Address(String state, Object key, Object namespace) {}

    private static final String NONE = "none";

    private final Map<Address, Object> entries = new HashMap<>();
    private final Map<String, Timers<?>> timers = new HashMap<>();
    private final Map<String, Codec<?>> codecs = new HashMap<>();
    private final Map<String, Codec<?>> valueCodecs = new HashMap<>();
    private final Copy restored;
    private Object key;
    private int keyHash;

    FakeKeyedState(Copy restored) {
        this.restored = restored;
        if (restored != null) {
            entries.putAll(copyAll(restored.entries));
        }
    }

    /** A restored value is the state's own once its codec is known: the copy may be restored again. */
    private void declare(String name, Codec<?> namespaceCodec, Codec<?> valueCodec) {
        codecs.put(name, namespaceCodec);
        valueCodecs.put(name, valueCodec);
        entries.replaceAll((address, value) -> address.state.equals(name) ? copyOf(address, value) : value);
    }

    private Map<Address, Object> copyAll(Map<Address, Object> from) {
        Map<Address, Object> copies = new HashMap<>();
        from.forEach((address, value) -> copies.put(address, copyOf(address, value)));
        return copies;
    }

    private Object copyOf(Address address, Object value) {
        if (value instanceof List<?> list) {
            List<Object> copies = new ArrayList<>();
            list.forEach(element -> copies.add(copyOf(address, element)));
            return copies;
        }
        if (value instanceof long[] array) {
            return array.clone();
        }
        @SuppressWarnings("unchecked")
        Codec<Object> codec = (Codec<Object>) valueCodecs.get(address.state);
        return codec == null ? value : codec.copy(value);
    }

    @Override
    public void setCurrentKey(Object newKey, int newKeyHash) {
        this.key = newKey;
        this.keyHash = newKeyHash;
    }

    @Override
    public void clearCurrentKey() {
        key = null;
    }

    @Override
    public void forEachKey(String state, KeyAction action) throws Exception {
        Set<Object> holding = new LinkedHashSet<>();
        entries.keySet().stream()
                .filter(address -> address.state.equals(state))
                .forEach(address -> holding.add(address.key));
        for (Object each : holding) {
            setCurrentKey(each, 0);
            action.run(each);
        }
        clearCurrentKey();
    }

    @Override
    public Object currentKey() {
        return address("", NONE).key;
    }

    @Override
    public int currentKeyHash() {
        return keyHash;
    }

    @Override
    public <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor) {
        NamespacedValueState<String, T> state = new Values<>(descriptor.name());
        return new ValueState<>() {
            @Override
            public T value() {
                return state.get(NONE);
            }

            @Override
            public void update(T value) {
                if (value == null) {
                    clear();
                } else {
                    state.put(NONE, value);
                }
            }

            @Override
            public void clear() {
                state.remove(NONE);
            }
        };
    }

    @Override
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        NamespacedListState<String, T> state = new Lists<>(descriptor.name());
        return new ListState<>() {
            @Override
            public void add(T value) {
                state.add(NONE, value);
            }

            @Override
            public List<T> get() {
                return state.get(NONE);
            }

            @Override
            public void update(List<T> values) {
                clear();
                values.forEach(this::add);
            }

            @Override
            public void clear() {
                state.remove(NONE);
            }
        };
    }

    @Override
    public <K, V> MapState<K, V> mapState(MapStateDescriptor<K, V> descriptor) {
        return new FakeMapState<>(new Values<>(descriptor.name()));
    }

    @Override
    public <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor) {
        return new FoldedReducingState<>(
                descriptor, valueState(new ValueStateDescriptor<>(descriptor.name(), descriptor.valueType())));
    }

    @Override
    public <I, A, R> AggregatingState<I, R> aggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        return new FoldedAggregatingState<>(
                descriptor, valueState(new ValueStateDescriptor<>(descriptor.name(), descriptor.accumulatorType())));
    }

    @Override
    public <N, T> NamespacedValueState<N, T> namespacedValue(
            String name, Codec<N> namespaceCodec, Codec<T> valueCodec) {
        declare(name, namespaceCodec, valueCodec);
        return new Values<>(name);
    }

    @Override
    public <N, T> NamespacedListState<N, T> namespacedList(
            String name, Codec<N> namespaceCodec, Codec<T> elementCodec) {
        declare(name, namespaceCodec, elementCodec);
        return new Lists<>(name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <N> TimerQueue<N> timers(String name, Codec<N> namespaceCodec) {
        Timers<N> queue = new Timers<>();
        timers.put(name, queue);
        codecs.put(name, namespaceCodec);
        if (restored != null) {
            restored.timers
                    .getOrDefault(name, List.of())
                    .forEach(timer -> queue.timers.add((TimerQueue.Timer<N>) timer));
        }
        return queue;
    }

    @Override
    public Copy snapshot() {
        Copy copy = new Copy();
        copyAll(entries)
                .forEach((address, value) -> copy.entries.put(
                        new Address(address.state, address.key, throughBytes(address.state, address.namespace)),
                        value));
        timers.forEach((name, queue) -> {
            List<TimerQueue.Timer<?>> copies = new ArrayList<>();
            queue.timers.forEach(timer -> copies.add(new TimerQueue.Timer<>(
                    timer.timestamp(), timer.key(), timer.keyHash(), throughBytes(name, timer.namespace()))));
            copy.timers.put(name, copies);
        });
        return copy;
    }

    @SuppressWarnings("unchecked")
    private Object throughBytes(String state, Object namespace) {
        Codec<Object> codec = (Codec<Object>) codecs.get(state);
        if (codec == null) {
            return namespace;
        }
        ByteWriter out = new ByteWriter();
        codec.write(namespace, out);
        return codec.read(new ByteReader(out.toByteArray()));
    }

    @Override
    public void restore(RunReader run) {
        throw new UnsupportedOperationException("Restored from a copy in memory.");
    }

    @Override
    public long size() {
        return entries.size() + timers.values().stream().mapToLong(Timers::size).sum();
    }

    @Override
    public void close() {}

    private Address address(String state, Object namespace) {
        if (key == null) {
            throw new IllegalStateException("No current key.");
        }
        return new Address(state, key, namespace);
    }

    private final class Values<N, T> implements NamespacedValueState<N, T> {
        private final String name;

        private Values(String name) {
            this.name = name;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T get(N namespace) {
            return (T) entries.get(address(name, namespace));
        }

        @Override
        public T peek(N namespace) {
            return get(namespace);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void addNamespacesTo(List<N> namespaces) {
            for (Address address : entries.keySet()) {
                if (address.state().equals(name) && address.key().equals(key)) {
                    namespaces.add((N) address.namespace());
                }
            }
        }

        @Override
        public void put(N namespace, T value) {
            entries.put(address(name, namespace), value);
        }

        @Override
        public void remove(N namespace) {
            entries.remove(address(name, namespace));
        }
    }

    private final class Lists<N, T> implements NamespacedListState<N, T> {
        private final String name;

        private Lists(String name) {
            this.name = name;
        }

        @SuppressWarnings("unchecked")
        private List<T> list(N namespace) {
            return (List<T>) entries.get(address(name, namespace));
        }

        @Override
        public boolean add(N namespace, T value) {
            boolean first = entries.putIfAbsent(address(name, namespace), new ArrayList<T>()) == null;
            list(namespace).add(value);
            return first;
        }

        @Override
        public List<T> get(N namespace) {
            List<T> list = list(namespace);
            return list == null ? List.of() : Collections.unmodifiableList(list);
        }

        @Override
        public void remove(N namespace) {
            entries.remove(address(name, namespace));
        }
    }

    /** In order of time, equal times in order of setting. */
    private final class Timers<N> implements TimerQueue<N> {
        private final List<Timer<N>> timers = new ArrayList<>();

        @Override
        public void add(long timestamp, N namespace) {
            Timer<N> timer = new Timer<>(timestamp, address("", namespace).key, keyHash, namespace);
            if (!timers.contains(timer)) {
                timers.add(timer);
            }
        }

        @Override
        public void addNew(long timestamp, N namespace) {
            Timer<N> timer = new Timer<>(timestamp, address("", namespace).key, keyHash, namespace);
            if (timers.contains(timer)) {
                throw new IllegalStateException("A timer is set that was said not to be: " + timer);
            }
            timers.add(timer);
        }

        @Override
        public void remove(long timestamp, N namespace) {
            timers.remove(new Timer<>(timestamp, address("", namespace).key, keyHash, namespace));
        }

        @Override
        public Timer<N> pollUntil(long timestamp) {
            Timer<N> earliest = null;
            for (Timer<N> timer : timers) {
                boolean earlier = earliest == null || timer.timestamp() < earliest.timestamp();
                earliest = timer.timestamp() <= timestamp && earlier ? timer : earliest;
            }
            timers.remove(earliest);
            return earliest;
        }

        @Override
        public long firstTimestamp() {
            return timers.stream().mapToLong(Timer::timestamp).min().orElse(Long.MAX_VALUE);
        }

        @Override
        public int size() {
            return timers.size();
        }
    }
}
