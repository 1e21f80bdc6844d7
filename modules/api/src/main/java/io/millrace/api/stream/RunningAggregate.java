// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappedFunction;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;

/** Keeps one number a key. */
final class RunningAggregate<K, T> extends KeyedProcessFunction<K, T, Keyed<K, Long>> implements WrappedFunction {
    private final ToLongFunction<? super T> field;
    private final LongBinaryOperator combine;
    private ValueState<Long> aggregate;

    @SuppressWarnings("NullAway.Init")
    RunningAggregate(ToLongFunction<? super T> field, LongBinaryOperator combine) {
        this.field = field;
        this.combine = combine;
    }

    @Override
    public void open(RuntimeContext context) {
        aggregate = context.getState(new ValueStateDescriptor<>("aggregate", Long.class));
    }

    @Override
    public void processElement(T record, Context<K> context, Collector<Keyed<K, Long>> out) {
        long number = field.applyAsLong(record);
        Long before = aggregate.value();
        // Boxed once, for state and result alike.
        Long after = before == null ? number : combine.applyAsLong(before, number);
        aggregate.update(after);
        out.collect(new Keyed<>(context.currentKey(), after));
    }

    @Override
    public Object wrapped() {
        return field;
    }
}
