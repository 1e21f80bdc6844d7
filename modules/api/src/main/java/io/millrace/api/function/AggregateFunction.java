// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * Folds records into an accumulator. Accumulators belong to the engine once returned: {@link #add} may change and
 * return the one it is given, but must not keep it.
 *
 * @param <I> records
 * @param <A> accumulator
 * @param <R> result
 */
@Stable
public interface AggregateFunction<I, A, R> extends RichFunction {
    A createAccumulator();

    A add(I record, A accumulator);

    R getResult(A accumulator);

    /** Joins two accumulators into one, which may be either of them. */
    A merge(A left, A right);
}
