// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * Combines two values into one; must be associative, and must change neither. Windows that overlap share what they have
 * in common: their records are combined in slices of time first, then the slices, the earlier on the left.
 */
@Stable
@FunctionalInterface
public interface ReduceFunction<T> extends RichFunction {
    T reduce(T left, T right) throws Exception;
}
