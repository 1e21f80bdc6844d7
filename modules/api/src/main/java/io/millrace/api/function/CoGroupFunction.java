// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * Turns what a key has in a window of two streams into results, when the window fires.
 *
 * @param <L> records of the left stream
 * @param <R> records of the right stream
 * @param <O> results
 */
@Stable
@FunctionalInterface
public interface CoGroupFunction<L, R, O> extends RichFunction {
    /**
     * @param left the left stream's records in order of arrival, possibly none; valid during the call only
     * @param right the right stream's; at least one of both has some
     */
    void coGroup(Iterable<L> left, Iterable<R> right, Collector<O> out) throws Exception;
}
