// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

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
import io.millrace.operators.state.OperatorStates;
import io.millrace.state.KeyedStateBackend;
import org.jspecify.annotations.Nullable;

/** What a function sees of its operator. */
final class FunctionContext implements RuntimeContext {
    private final OperatorContext context;
    private final @Nullable KeyedStateBackend state;
    private final OperatorStates operatorStates;
    private boolean usesKeyedState;

    /**
     * @param state the operator's keyed state, or null where it has none
     */
    FunctionContext(OperatorContext context, @Nullable KeyedStateBackend state, OperatorStates operatorStates) {
        this.context = context;
        this.state = state;
        this.operatorStates = operatorStates;
    }

    /** True once a function has asked for state of keys. */
    boolean usesKeyedState() {
        return usesKeyedState;
    }

    @Override
    public String jobId() {
        return context.jobId();
    }

    @Override
    public String jobName() {
        return context.jobName();
    }

    @Override
    public String operatorName() {
        return context.operatorName();
    }

    @Override
    public String operatorUid() {
        return context.operatorId();
    }

    @Override
    public int subtaskIndex() {
        return context.subtaskIndex();
    }

    @Override
    public int parallelism() {
        return context.parallelism();
    }

    @Override
    public int maxParallelism() {
        return context.maxParallelism();
    }

    @Override
    public long epoch() {
        return context.epoch();
    }

    @Override
    public <S> S service(Class<S> type) {
        S service = context.service(type);
        if (service == null) {
            throw new IllegalStateException("The function of operator '" + context.operatorName() + "' ("
                    + context.operatorId() + ") asks for the service " + type.getName()
                    + ", which nobody has registered on this node. Register it when the node starts, before jobs are"
                    + " submitted: Millrace.get(system).withService(" + type.getSimpleName() + ".class, ...).");
        }
        return service;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return stateFor(descriptor).valueState(descriptor);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return stateFor(descriptor).listState(descriptor);
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return stateFor(descriptor).mapState(descriptor);
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return stateFor(descriptor).reducingState(descriptor);
    }

    @Override
    public <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        return stateFor(descriptor).aggregatingState(descriptor);
    }

    @Override
    public <T> ListState<T> getOperatorListState(ListStateDescriptor<T> descriptor) {
        requireFree(descriptor);
        return operatorStates.listState(descriptor);
    }

    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
        requireFree(descriptor);
        return operatorStates.unionListState(descriptor);
    }

    private KeyedStateBackend stateFor(StateDescriptor descriptor) {
        if (state == null && context.hasKeyedState()) {
            throw new IllegalStateException("The function of operator '" + context.operatorName() + "' ("
                    + context.operatorId() + ") asks for the state '" + descriptor.name()
                    + "' of a key, but an asynchronous function is also called when another record's key is current."
                    + " Read and write it in a KeyedProcessFunction before or after the asynchronous one.");
        }
        if (state == null) {
            throw new IllegalStateException("The function of operator '" + context.operatorName() + "' ("
                    + context.operatorId() + ") asks for the state '" + descriptor.name()
                    + "', but its operator has no keys, and such state belongs to a key. Put keyBy(...) right before"
                    + " it; or, for state of the subtask, ask for getOperatorListState(..).");
        }
        if (!context.hasStableId()) {
            throw new IllegalStateException("The function of operator '" + context.operatorName() + "' ("
                    + context.operatorId() + ") asks for the state '" + descriptor.name()
                    + "', but its operator has no stable id to keep it under. Add .uid(\"...\") after it.");
        }
        requireFree(descriptor);
        usesKeyedState = true;
        return state;
    }

    private void requireFree(StateDescriptor descriptor) {
        if (descriptor.name().startsWith("_")) {
            throw new IllegalArgumentException("The state '" + descriptor.name() + "' of operator '"
                    + context.operatorName() + "' (" + context.operatorId()
                    + ") must have another name: names that begin with '_' belong to the engine.");
        }
    }
}
