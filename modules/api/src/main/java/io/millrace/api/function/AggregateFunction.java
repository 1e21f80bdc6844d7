// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * Folds records into an accumulator. Accumulators belong to the engine once returned: {@link #add} may change and
 * return the one it is given, but must not keep it.
 *
 * <p>Where windows overlap, records are folded into slices of time that the windows share, and a window's result comes
 * from {@link #merge merging} its slices, the earlier on the left. The engine hands merge accumulators that nothing else
 * uses: copies, where a slice is needed again and the accumulator's type is mutable. So the order in which records of
 * different slices arrived is not seen. Sessions that become one are merged in the same way.
 *
 * @param <I> records
 * @param <A> accumulator
 * @param <R> result
 */
@Stable
public interface AggregateFunction<I, A, R> extends RichFunction {
    A createAccumulator();

    A add(I record, A accumulator);

    /**
     * The result of what was folded so far; more may be folded in later. It may be the accumulator itself, which is copied
     * then, but must not hold parts of it that {@link #add} or {@link #merge} change.
     */
    R getResult(A accumulator);

    /** Joins two accumulators into one, which may be either of them; both may be changed. */
    A merge(A left, A right);
}
