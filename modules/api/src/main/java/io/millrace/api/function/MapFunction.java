// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** One record to one record. */
@Stable
@FunctionalInterface
public interface MapFunction<T, R> extends RichFunction {
    R map(T record) throws Exception;
}
