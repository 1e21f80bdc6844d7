// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Codec;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import io.millrace.state.RunReader;
import io.millrace.state.StateMeta;
import io.millrace.state.StateMeta.Kind;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TimerQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** See the package's description. Confined to the subtask. */
final class MemoryKeyedStateBackend implements KeyedStateBackend {
    /** Keys from which on they are not all in the processor's cache. */
    private static final int LARGE = 1 << 15;

    private final KeyedStateSettings settings;
    private final Versions versions = new Versions();
    private final CurrentKey keys;
    private final RestoredStates restored;

    // By name, so that a run's bytes do not depend on the order in which functions ask for their state.
    private final TreeMap<String, MemoryState> states = new TreeMap<>();
    private @Nullable MemorySnapshot latestSnapshot;
    private boolean closed;

    MemoryKeyedStateBackend(KeyedStateSettings settings) {
        this.settings = settings;
        this.keys = new KeyTable(settings, versions);
        this.restored = new RestoredStates(settings);
    }

    @Override
    public void setCurrentKey(Object key, int keyHash) {
        keys.set(key, keyHash);
    }

    @Override
    public void prefetch(int[] keyHashes, int from, int to) {
        if (keys.size() >= LARGE) {
            keys.prefetch(keyHashes, from, to);
        }
    }

    @Override
    public Object currentKey() {
        return keys.key();
    }

    @Override
    public int currentKeyHash() {
        keys.key();
        return keys.hash;
    }

    @Override
    public <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor) {
        StateDefinition<NoNamespace, T> definition =
                define(descriptor.name(), Kind.VALUE, descriptor.type(), NoNamespace.CODEC, codecOf(descriptor));
        return plainValues(definition);
    }

    @Override
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        return plainLists(descriptor.name(), descriptor.type(), this.<T>codecOf(descriptor));
    }

    @Override
    @SuppressWarnings("unchecked") // where the codec is that of NoNamespace, so is N
    public <N, T> NamespacedValueState<N, T> namespacedValue(
            String name, Codec<N> namespaceCodec, Codec<T> valueCodec) {
        if (namespaceCodec == NoNamespace.CODEC) {
            return (NamespacedValueState<N, T>)
                    plainValues(define(name, Kind.VALUE, valueCodec.describe(), NoNamespace.CODEC, valueCodec));
        }
        return values(define(name, Kind.VALUE, valueCodec.describe(), namespaceCodec, valueCodec));
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <N, T> NamespacedListState<N, T> namespacedList(
            String name, Codec<N> namespaceCodec, Codec<T> elementCodec) {
        if (namespaceCodec == NoNamespace.CODEC) {
            return (NamespacedListState<N, T>) plainLists(name, elementCodec.describe(), elementCodec);
        }
        ElementListCodec<T> codec = new ElementListCodec<>(elementCodec);
        return new MemoryNamespacedListState<>(
                values(define(name, Kind.LIST, elementCodec.describe(), namespaceCodec, codec)),
                elementCodec.isImmutable());
    }

    @Override
    public <N> TimerQueue<N> timers(String name, Codec<N> namespaceCodec) {
        StateDefinition<N, NoNamespace> definition =
                define(name, Kind.TIMERS, NoNamespace.CODEC.describe(), namespaceCodec, NoNamespace.CODEC);
        MemoryTimers<N> timers = declare(definition, () -> new MemoryTimers<>(definition, keys, settings));
        return timers;
    }

    @Override
    public StateSnapshot snapshot() {
        requireOpen();
        if (latestSnapshot != null && !latestSnapshot.isClosed()) {
            throw new IllegalStateException("Operator '" + settings.operatorId()
                    + "' is to take a snapshot while its last one is still open; close that one first.");
        }
        TreeMap<String, FrozenState> frozen = new TreeMap<>();
        FrozenKeys frozenKeys = new FrozenKeys(settings, keys.copyOfSlots());
        states.forEach((name, state) -> frozen.put(name, state.freeze(frozenKeys)));
        restored.freezeInto(frozen);
        versions.hold();
        latestSnapshot = new MemorySnapshot(settings, versions, new ArrayList<>(frozen.values()));
        return latestSnapshot;
    }

    @Override
    public void restore(RunReader run) {
        requireOpen();
        if (!states.isEmpty() || latestSnapshot != null) {
            throw new IllegalStateException("Operator '" + settings.operatorId()
                    + "' is restored after its state was used; restore before functions are opened.");
        }
        restored.add(run);
    }

    @Override
    public List<StateMeta> undeclaredStates() {
        return restored.metas();
    }

    @Override
    public long size() {
        long size = restored.size();
        for (MemoryState state : states.values()) {
            size += state.size();
        }
        return size;
    }

    /** Lets go of all state; a snapshot that is still open stays whole. */
    @Override
    public void close() {
        closed = true;
        states.clear();
        restored.clear();
        keys.removeAll();
    }

    private <T> Codec<T> codecOf(StateDescriptor descriptor) {
        @SuppressWarnings("unchecked") // both descriptors' constructors take a T for their type
        TypeHint<T> type = (TypeHint<T>) descriptor.type();
        return settings.codecs().forType(type);
    }

    private <N, T> StateDefinition<N, T> define(
            String name, Kind kind, Object type, Codec<N> namespaceCodec, Codec<T> valueCodec) {
        return new StateDefinition<>(name, kind, type, settings.keyCodec(), namespaceCodec, valueCodec);
    }

    private <N, T> MemoryNamespacedValueState<N, T> values(StateDefinition<N, T> definition) {
        return declare(definition, () -> new MemoryNamespacedValueState<>(definition, keys, versions));
    }

    private <T> MemoryValueState<T> plainValues(StateDefinition<NoNamespace, T> definition) {
        return declare(definition, () -> new MemoryValueState<>(definition, keys, versions));
    }

    private <T> MemoryListState<T> plainLists(String name, Object type, Codec<T> elementCodec) {
        ElementListCodec<T> codec = new ElementListCodec<>(elementCodec);
        StateDefinition<NoNamespace, ElementList<T>> definition =
                define(name, Kind.LIST, type, NoNamespace.CODEC, codec);
        return declare(definition, () -> new MemoryListState<>(definition, codec, keys, versions));
    }

    /** The state of that name, made and filled with what was restored at the first call. */
    @SuppressWarnings("unchecked") // equal declarations make states of one class and type
    private <S extends MemoryState> S declare(StateDefinition<?, ?> definition, Supplier<S> make) {
        requireOpen();
        MemoryState existing = states.get(definition.name());
        if (existing != null) {
            requireSame(existing.definition(), definition);
            return (S) existing;
        }
        S made = make.get();
        restored.moveTo(made, keys);
        states.put(definition.name(), made);
        return made;
    }

    private void requireSame(StateDefinition<?, ?> existing, StateDefinition<?, ?> asked) {
        if (!existing.isDeclaredLike(asked)) {
            throw new IllegalStateException("Operator '" + settings.operatorId() + "': state '" + asked.name()
                    + "' is in use as a " + existing + " and is asked for as a " + asked
                    + "; give one of the two another name.");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "The state of operator '" + settings.operatorId() + "' is used after it was closed.");
        }
    }
}
