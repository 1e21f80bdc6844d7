// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.Window;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.serialization.Codec;
import io.millrace.state.FoldedAggregatingState;
import io.millrace.state.FoldedReducingState;
import io.millrace.state.KeyedStateBackend;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;

/** States of a key and window by name, moved from window to window. Confined to the subtask. */
final class WindowStates<W> implements KeyedStateStore {
    private final String prefix;
    private final KeyedStateBackend backend;
    private final VersionedSerializer<? extends Window> serializer;
    private final OperatorContext context;
    private final StateCodecs codecs;
    private final Map<String, Object> states = new HashMap<>();
    private W window;

    /**
     * @param prefix tells these states from others of the operator
     */
    @SuppressWarnings("NullAway.Init")
    WindowStates(
            String prefix,
            KeyedStateBackend backend,
            VersionedSerializer<? extends Window> serializer,
            OperatorContext context,
            StateCodecs codecs) {
        this.prefix = prefix;
        this.backend = backend;
        this.serializer = serializer;
        this.context = context;
        this.codecs = codecs;
    }

    WindowStates<W> of(W current) {
        window = current;
        return this;
    }

    W window() {
        return window;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return value(descriptor);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return list(descriptor);
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        ValueStateDescriptor<T> held = new ValueStateDescriptor<>(descriptor.name(), descriptor.valueType());
        return new FoldedReducingState<>(descriptor, value(held));
    }

    @Override
    public <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        ValueStateDescriptor<A> held = new ValueStateDescriptor<>(descriptor.name(), descriptor.accumulatorType());
        return new FoldedAggregatingState<>(descriptor, value(held));
    }

    @Override
    @SuppressWarnings("unchecked") // of the descriptor's types since it was made
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        Object known = states.get(descriptor.name());
        if (known == null) {
            Codec<K> keys = context.codecs().forKey(descriptor.keyType());
            Codec<V> values = codecs.codecOf(context.codecs(), descriptor.valueType());
            known = new WindowMap<>(
                    descriptor.name(),
                    this,
                    backend.namespacedValue(
                            prefix + descriptor.name(), new WindowEntryCodec<>(windows(), keys), values));
            states.put(descriptor.name(), known);
        } else if (!(known instanceof WindowMap)) {
            throw ofAnotherKind(descriptor);
        }
        return (MapState<K, V>) known;
    }

    @SuppressWarnings("unchecked") // of the descriptor's type since it was made
    <T> WindowValue<W, T> value(ValueStateDescriptor<T> descriptor) {
        Object known = states.get(descriptor.name());
        if (known == null) {
            Codec<T> codec = codecs.codecOf(context.codecs(), descriptor.type());
            known = new WindowValue<>(this, backend.namespacedValue(prefix + descriptor.name(), windows(), codec));
            states.put(descriptor.name(), known);
        } else if (!(known instanceof WindowValue)) {
            throw ofAnotherKind(descriptor);
        }
        return (WindowValue<W, T>) known;
    }

    @SuppressWarnings("unchecked") // of the descriptor's type since it was made
    <T> WindowList<W, T> list(ListStateDescriptor<T> descriptor) {
        Object known = states.get(descriptor.name());
        if (known == null) {
            Codec<T> codec = codecs.codecOf(context.codecs(), descriptor.type());
            known = new WindowList<>(this, backend.namespacedList(prefix + descriptor.name(), windows(), codec));
            states.put(descriptor.name(), known);
        } else if (!(known instanceof WindowList)) {
            throw ofAnotherKind(descriptor);
        }
        return (WindowList<W, T>) known;
    }

    @SuppressWarnings("unchecked") // a window is an object to its states
    private Codec<W> windows() {
        return (Codec<W>) new WindowCodec<>(serializer);
    }

    Object currentKey() {
        return backend.currentKey();
    }

    NullPointerException isNull(String state, String what) {
        return new NullPointerException("A " + what + " of the map state " + described(state)
                + " is null. Keys and values of a map are never null: remove the key instead.");
    }

    ConcurrentModificationException changed(String state, String how) {
        return new ConcurrentModificationException("The map state " + described(state) + " is iterated, and meanwhile "
                + how + ". Remove through the iterator, add after the iteration, and end it within the call that began"
                + " it.");
    }

    private String described(String state) {
        return "'" + state + "' of the windows of operator '" + context.operatorName() + "' (" + context.operatorId()
                + ")";
    }

    private IllegalArgumentException ofAnotherKind(StateDescriptor descriptor) {
        return new IllegalArgumentException("The state " + described(descriptor.name())
                + " is asked for as two kinds of state: give each state a name of its own.");
    }
}
