// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a function is opened with: state in plain maps. Where it runs is nothing that its results may depend on. */
final class ModelContext implements RuntimeContext {
    private record Place(String state, Object key) {}

    private final Map<Place, Object> states = new HashMap<>();
    private @Nullable Object currentKey;

    void setCurrentKey(Object key) {
        currentKey = key;
    }

    private Place placeOf(String state) {
        return new Place(state, Objects.requireNonNull(currentKey, "state outside of a key"));
    }

    @Override
    public String jobName() {
        return "model";
    }

    @Override
    public String jobId() {
        return "model";
    }

    @Override
    public String operatorName() {
        return "model";
    }

    @Override
    public String operatorUid() {
        return "model";
    }

    @Override
    public int maxParallelism() {
        throw new UndecidedException("the function asks for the number of key groups");
    }

    @Override
    public int subtaskIndex() {
        throw new UndecidedException("the function asks for its subtask");
    }

    @Override
    public int parallelism() {
        throw new UndecidedException("the function asks for the parallelism");
    }

    @Override
    public long epoch() {
        throw new UndecidedException("the function asks for the epoch");
    }

    @Override
    public <S> S service(Class<S> type) {
        throw new UndecidedException("the function asks for a service of its host");
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return new ModelStates.OfValue<>(cell(descriptor));
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return new ModelStates.OfList<>(cell(descriptor));
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return new ModelStates.OfMap<>(cell(descriptor));
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return new ModelStates.Reduced<>(cell(descriptor), descriptor.function());
    }

    @Override
    public <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        return new ModelStates.Aggregated<>(cell(descriptor), descriptor.function());
    }

    @Override
    public <T> ListState<T> getOperatorListState(ListStateDescriptor<T> descriptor) {
        throw new UndecidedException("the function keeps a list for each subtask");
    }

    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
        throw new UndecidedException("the function keeps a list for each subtask");
    }

    private <T> ModelStates.Cell<T> cell(StateDescriptor descriptor) {
        return new ModelStates.Cell<>() {
            @Override
            @SuppressWarnings("unchecked") // only put puts here
            public @Nullable T get() {
                return (T) states.get(placeOf(descriptor.name()));
            }

            @Override
            public void put(@Nullable T value) {
                if (value == null) {
                    states.remove(placeOf(descriptor.name()));
                } else {
                    states.put(placeOf(descriptor.name()), value);
                }
            }
        };
    }
}
