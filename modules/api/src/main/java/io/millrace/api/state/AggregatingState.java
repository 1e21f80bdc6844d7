// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import org.jspecify.annotations.Nullable;

/**
 * One accumulator for each key, into which the descriptor's function folds what is added.
 *
 * @param <I> what is added
 * @param <R> what is read
 */
@Stable
public interface AggregatingState<I, R> {
    void add(I value);

    /** The result of the current key's accumulator, or null where nothing was added. */
    @Nullable
    R get();

    void clear();
}
