// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.TimerService;
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

/** One key and its one value. */
final class FakeKeyedContext implements RuntimeContext, KeyedProcessFunction.Context<String> {
    private final String key;

    FakeKeyedContext(String key) {
        this.key = key;
    }

    @Override
    public String currentKey() {
        return key;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return new ValueState<>() {
            private T value;

            @Override
            public T value() {
                return value;
            }

            @Override
            public void update(T newValue) {
                value = newValue;
            }

            @Override
            public void clear() {
                value = null;
            }
        };
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        throw new AssertionError("Not used");
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        throw new AssertionError("Not used");
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        throw new AssertionError("Not used");
    }

    @Override
    public <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor) {
        throw new AssertionError("Not used");
    }

    @Override
    public <T> ListState<T> getOperatorListState(ListStateDescriptor<T> descriptor) {
        throw new AssertionError("Not used");
    }

    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
        throw new AssertionError("Not used");
    }

    @Override
    public long timestamp() {
        return 0;
    }

    @Override
    public TimerService timerService() {
        throw new AssertionError("Not used");
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        throw new AssertionError("Not used");
    }

    @Override
    public String jobId() {
        return "job";
    }

    @Override
    public String operatorUid() {
        return "sum-uid";
    }

    @Override
    public int maxParallelism() {
        return 128;
    }

    @Override
    public <S> S service(Class<S> type) {
        throw new AssertionError("Not used");
    }

    @Override
    public String jobName() {
        return "job";
    }

    @Override
    public String operatorName() {
        return "sum";
    }

    @Override
    public int subtaskIndex() {
        return 0;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public long epoch() {
        return 1;
    }
}
