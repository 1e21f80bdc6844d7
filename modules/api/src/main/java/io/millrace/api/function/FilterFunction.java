// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** Keeps the records for which it answers true. */
@Stable
@FunctionalInterface
public interface FilterFunction<T> extends RichFunction {
    boolean filter(T record) throws Exception;
}
