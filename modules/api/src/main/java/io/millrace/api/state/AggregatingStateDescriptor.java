// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.types.TypeHint;

/**
 * Names an {@link AggregatingState}.
 *
 * @param <I> what is added
 * @param <A> the accumulator, which is what is kept
 * @param <R> what is read
 */
@Stable
public final class AggregatingStateDescriptor<I, A, R> extends StateDescriptor {
    private final TypeHint<A> accumulatorType;
    private final AggregateFunction<I, A, R> function;

    public AggregatingStateDescriptor(String name, AggregateFunction<I, A, R> function, Class<A> accumulatorType) {
        this(name, function, TypeHint.of(accumulatorType));
    }

    /**
     * @param function folds values into an accumulator; it is neither opened nor closed, and its {@code merge} is not
     *     called
     */
    public AggregatingStateDescriptor(String name, AggregateFunction<I, A, R> function, TypeHint<A> accumulatorType) {
        super(name, accumulatorType);
        this.accumulatorType = accumulatorType;
        this.function = function;
    }

    public AggregateFunction<I, A, R> function() {
        return function;
    }

    /** The same as {@link #type()}. */
    public TypeHint<A> accumulatorType() {
        return accumulatorType;
    }
}
