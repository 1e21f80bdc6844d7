// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.WrappedFunction;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;

/** Folds one number of each record. */
final class LongFold<T> implements AggregateFunction<T, LongFold.Accumulator, Long>, WrappedFunction {
    /** Mutable: it belongs to the engine. */
    static final class Accumulator {
        private boolean empty = true;
        private long value;
    }

    private final ToLongFunction<? super T> field;
    private final LongBinaryOperator combine;

    LongFold(ToLongFunction<? super T> field, LongBinaryOperator combine) {
        this.field = field;
        this.combine = combine;
    }

    @Override
    public Accumulator createAccumulator() {
        return new Accumulator();
    }

    @Override
    public Accumulator add(T record, Accumulator accumulator) {
        return fold(accumulator, field.applyAsLong(record));
    }

    @Override
    public Long getResult(Accumulator accumulator) {
        return accumulator.value;
    }

    @Override
    public Accumulator merge(Accumulator left, Accumulator right) {
        return right.empty ? left : fold(left, right.value);
    }

    private Accumulator fold(Accumulator accumulator, long number) {
        accumulator.value = accumulator.empty ? number : combine.applyAsLong(accumulator.value, number);
        accumulator.empty = false;
        return accumulator;
    }

    @Override
    public Object wrapped() {
        return field;
    }
}
