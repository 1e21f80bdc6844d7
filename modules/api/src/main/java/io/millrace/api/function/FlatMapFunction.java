// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** One record to any number of records. */
@Stable
@FunctionalInterface
public interface FlatMapFunction<T, R> extends RichFunction {
    void flatMap(T record, Collector<R> out) throws Exception;
}
