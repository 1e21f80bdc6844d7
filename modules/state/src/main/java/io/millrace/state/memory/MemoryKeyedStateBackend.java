// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

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
import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.FoldedAggregatingState;
import io.millrace.state.FoldedReducingState;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import io.millrace.state.RecordKeys;
import io.millrace.state.RunReader;
import io.millrace.state.StateMeta;
import io.millrace.state.StateMeta.Kind;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * See the package's description. Confined to the subtask.
 *
 * <p>The keys, the timers and the state that the engine itself uses are specialised for the operator: the engine reaches
 * them over final fields, so that the compiler knows them. The state of functions is not: functions keep it in fields
 * of their own, and one class of functions that served in many operators would call as many classes of state, while all
 * that state does for it is to go to the current key's entry.
 */
final class MemoryKeyedStateBackend implements KeyedStateBackend {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

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
        this.keys =
                settings.specialiser().at("keys").create(LOOKUP, CurrentKey.class, KeyTable.class, settings, versions);
        this.restored = new RestoredStates(settings);
    }

    @Override
    public RecordKeys recordKeys() {
        return keys;
    }

    @Override
    public void setCurrentKey(Object key, int keyHash) {
        keys.setCurrentKey(key, keyHash);
    }

    @Override
    public void prefetch(int[] keyHashes, int from, int to) {
        keys.prefetch(keyHashes, from, to);
    }

    @Override
    public void clearCurrentKey() {
        keys.reset(null, 0);
    }

    @Override
    public void forEachKey(String state, KeyAction action) throws Exception {
        if (!(states.get(state) instanceof HeldState<?, ?> held)) {
            throw new IllegalArgumentException(
                    "Operator '" + settings.operatorId() + "': there is no state '" + state + "' of keys in use.");
        }
        // All first: the action may add and remove entries, which moves others.
        List<KeyEntry> holding = new ArrayList<>();
        keys.forEach(entry -> {
            if (entry.get(held.index()) != null) {
                holding.add(entry);
            }
        });
        for (KeyEntry entry : holding) {
            setCurrentKey(entry.key, entry.hash);
            action.run(entry.key);
        }
        clearCurrentKey();
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
        return functionValues(descriptor.name(), Kind.VALUE, descriptor.valueType());
    }

    @Override
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        return plainLists(
                descriptor.name(), descriptor.type(), settings.codecs().forType(descriptor.elementType()));
    }

    @Override
    @SuppressWarnings("unchecked") // a state is of its definition's types
    public <K, V> MapState<K, V> mapState(MapStateDescriptor<K, V> descriptor) {
        StateDefinition<K, V> definition = define(
                descriptor.name(),
                Kind.MAP,
                descriptor.keyType() + " -> " + descriptor.valueType(),
                mapKeys(descriptor),
                settings.codecs().forType(descriptor.valueType()));
        HeldNamespaces<K, V> entries =
                declare(definition, () -> new MemoryNamespacedValueState<>(definition, keys, versions));
        return new MemoryMapState<>(entries);
    }

    @Override
    public <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor) {
        return new FoldedReducingState<>(
                descriptor, functionValues(descriptor.name(), Kind.REDUCING, descriptor.valueType()));
    }

    @Override
    public <I, A, R> AggregatingState<I, R> aggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        return new FoldedAggregatingState<>(
                descriptor, functionValues(descriptor.name(), Kind.AGGREGATING, descriptor.accumulatorType()));
    }

    @Override
    @SuppressWarnings("unchecked") // where the codec is that of NoNamespace, so is N
    public <N, T> NamespacedValueState<N, T> namespacedValue(
            String name, Codec<N> namespaceCodec, Codec<T> valueCodec) {
        if (namespaceCodec == NoNamespace.CODEC) {
            StateDefinition<NoNamespace, T> definition =
                    define(name, Kind.VALUE, valueCodec.describe(), NoNamespace.CODEC, valueCodec);
            return (NamespacedValueState<N, T>) plainValues(definition, specialiserOf(name));
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
        HeldNamespaces<N, ElementList<T>> lists =
                values(define(name, Kind.LIST, elementCodec.describe(), namespaceCodec, codec));
        return specialiserOf(name)
                .create(
                        LOOKUP,
                        NamespacedListState.class,
                        MemoryNamespacedListState.class,
                        lists,
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

    /** Values of functions, which are not specialised: see above. */
    private <T> HeldValue<T> functionValues(String name, Kind kind, TypeHint<T> type) {
        Codec<T> codec = settings.codecs().forType(type);
        return plainValues(define(name, kind, type, NoNamespace.CODEC, codec), Specialiser.ordinary());
    }

    private <K> Codec<K> mapKeys(MapStateDescriptor<K, ?> descriptor) {
        try {
            return settings.codecs().forKey(descriptor.keyType());
        } catch (CodecException e) {
            throw new CodecException(
                    "Operator '" + settings.operatorId() + "': the map state '" + descriptor.name()
                            + "' cannot have keys of " + descriptor.keyType() + ". " + e.getMessage(),
                    e);
        }
    }

    private <N, T> StateDefinition<N, T> define(
            String name, Kind kind, Object type, Codec<N> namespaceCodec, Codec<T> valueCodec) {
        return new StateDefinition<>(name, kind, type, settings.keyCodec(), namespaceCodec, valueCodec);
    }

    private Specialiser specialiserOf(String state) {
        return settings.specialiser().at("state " + state);
    }

    @SuppressWarnings("unchecked") // a state is of its definition's types
    private <N, T> HeldNamespaces<N, T> values(StateDefinition<N, T> definition) {
        return declare(definition, () -> specialiserOf(definition.name())
                .create(LOOKUP, HeldNamespaces.class, MemoryNamespacedValueState.class, definition, keys, versions));
    }

    @SuppressWarnings("unchecked") // as above
    private <T> HeldValue<T> plainValues(StateDefinition<NoNamespace, T> definition, Specialiser specialiser) {
        return declare(
                definition,
                () -> specialiser.create(LOOKUP, HeldValue.class, MemoryValueState.class, definition, keys, versions));
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
