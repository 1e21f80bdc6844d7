// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.WrappedFunction;
import java.util.function.Function;

/** Keeps the record with the lowest or the highest value, the first of equals. */
final class Extreme<T, C extends Comparable<? super C>> implements ReduceFunction<T>, WrappedFunction {
    private final Function<? super T, C> field;
    private final boolean highest;

    Extreme(Function<? super T, C> field, boolean highest) {
        this.field = field;
        this.highest = highest;
    }

    @Override
    public T reduce(T left, T right) {
        int difference = field.apply(right).compareTo(field.apply(left));
        return (highest ? difference > 0 : difference < 0) ? right : left;
    }

    @Override
    public Object wrapped() {
        return field;
    }
}
