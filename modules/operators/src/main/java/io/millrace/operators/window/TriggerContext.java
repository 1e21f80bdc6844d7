// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.ReduceFunction;
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
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.operators.OperatorContext;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import java.util.List;

/** What a trigger sees of the window it is asked about. One a subtask, moved from window to window. */
final class TriggerContext<W extends Window> implements Trigger.OnMergeContext {
    private final OperatorContext context;
    private final WindowTimers<W> timers;
    private final WindowStates<W> states;
    private W window;
    private List<W> merged = List.of();

    @SuppressWarnings("NullAway.Init")
    TriggerContext(OperatorContext context, WindowTimers<W> timers, WindowStates<W> states) {
        this.context = context;
        this.timers = timers;
        this.states = states;
    }

    TriggerContext<W> of(W current) {
        window = current;
        states.of(current);
        return this;
    }

    /**
     * @param old the windows that became the current one
     */
    TriggerContext<W> merging(W current, List<W> old) {
        merged = old;
        return of(current);
    }

    @Override
    public long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public long currentProcessingTime() {
        return context.clock().millis();
    }

    @Override
    public void registerEventTimeTimer(long timestamp) {
        timers.watermarks().add(timestamp, window);
    }

    @Override
    public void deleteEventTimeTimer(long timestamp) {
        timers.watermarks().remove(timestamp, window);
    }

    @Override
    public void registerProcessingTimeTimer(long timestamp) {
        timers.clock().add(timestamp, window);
    }

    @Override
    public void deleteProcessingTimeTimer(long timestamp) {
        timers.clock().remove(timestamp, window);
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return states.getState(descriptor);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return states.getListState(descriptor);
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return states.getMapState(descriptor);
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return states.getReducingState(descriptor);
    }

    @Override
    public <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        return states.getAggregatingState(descriptor);
    }

    @Override
    public <X> void mergeState(ValueStateDescriptor<X> descriptor, ReduceFunction<X> combine) throws Exception {
        NamespacedValueState<W, X> values = states.value(descriptor).ofAll();
        X whole = null;
        for (W old : merged) {
            X value = values.get(old);
            if (value != null) {
                whole = whole == null ? value : combine.reduce(whole, value);
            }
        }
        if (whole != null) {
            values.put(window, whole);
        }
    }

    @Override
    public <X> void mergeState(ListStateDescriptor<X> descriptor) {
        NamespacedListState<W, X> lists = states.list(descriptor).ofAll();
        for (W old : merged) {
            if (!old.equals(window)) {
                for (X element : lists.get(old)) {
                    lists.add(window, element);
                }
            }
        }
    }
}
