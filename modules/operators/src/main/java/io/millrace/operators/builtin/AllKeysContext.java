// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedStateFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.operators.OperatorContext;
import io.millrace.state.KeyedStateBackend;

/** What a function on a keyed and a broadcast stream sees for broadcast records: no key, but all of them. */
final class AllKeysContext extends BroadcastContext implements KeyedBroadcastProcessFunction.Context<Object> {
    private final KeyedStateBackend backend;
    private final RuntimeContext states;

    AllKeysContext(
            OperatorContext context,
            BroadcastStates broadcast,
            RecordCollector collector,
            KeyedStateBackend backend,
            RuntimeContext states) {
        super(context, broadcast, collector);
        this.backend = backend;
        this.states = states;
    }

    @Override
    public <V> void applyToKeyedState(
            ValueStateDescriptor<V> descriptor, KeyedStateFunction<Object, ValueState<V>> function) throws Exception {
        apply(descriptor, states.getState(descriptor), function);
    }

    @Override
    public <V> void applyToKeyedState(
            ListStateDescriptor<V> descriptor, KeyedStateFunction<Object, ListState<V>> function) throws Exception {
        apply(descriptor, states.getListState(descriptor), function);
    }

    @Override
    public <L, V> void applyToKeyedState(
            MapStateDescriptor<L, V> descriptor, KeyedStateFunction<Object, MapState<L, V>> function) throws Exception {
        apply(descriptor, states.getMapState(descriptor), function);
    }

    @Override
    public <V> void applyToKeyedState(
            ReducingStateDescriptor<V> descriptor, KeyedStateFunction<Object, ReducingState<V>> function)
            throws Exception {
        apply(descriptor, states.getReducingState(descriptor), function);
    }

    @Override
    public <I, A, R> void applyToKeyedState(
            AggregatingStateDescriptor<I, A, R> descriptor, KeyedStateFunction<Object, AggregatingState<I, R>> function)
            throws Exception {
        apply(descriptor, states.getAggregatingState(descriptor), function);
    }

    private <S> void apply(StateDescriptor descriptor, S state, KeyedStateFunction<Object, S> function)
            throws Exception {
        backend.forEachKey(descriptor.name(), key -> function.process(key, state));
    }
}
