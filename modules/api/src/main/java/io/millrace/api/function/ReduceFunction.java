// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** Combines two values into one; must be associative. */
@Stable
@FunctionalInterface
public interface ReduceFunction<T> extends RichFunction {
    T reduce(T left, T right) throws Exception;
}
