// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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
    public String operatorName() {
        return "model";
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
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return new ValueState<>() {
            @Override
            @SuppressWarnings("unchecked") // only update puts here
            public @Nullable T value() {
                return (T) states.get(placeOf(descriptor.name()));
            }

            @Override
            public void update(@Nullable T value) {
                if (value == null) {
                    clear();
                } else {
                    states.put(placeOf(descriptor.name()), value);
                }
            }

            @Override
            public void clear() {
                states.remove(placeOf(descriptor.name()));
            }
        };
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return new ListState<>() {
            @SuppressWarnings("unchecked") // only this state's lists are here
            private List<T> list() {
                return (List<T>) states.computeIfAbsent(placeOf(descriptor.name()), place -> new ArrayList<T>());
            }

            @Override
            public void add(T value) {
                list().add(value);
            }

            @Override
            public List<T> get() {
                return Collections.unmodifiableList(list());
            }

            @Override
            public void update(List<T> values) {
                List<T> copy = new ArrayList<>(values);
                list().clear();
                list().addAll(copy);
            }

            @Override
            public void clear() {
                list().clear();
            }
        };
    }
}
