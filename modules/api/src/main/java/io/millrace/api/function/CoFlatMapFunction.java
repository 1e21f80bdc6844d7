// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * One record of either of two connected streams to any number of records.
 *
 * @param <A> records of the first stream
 * @param <B> records of the second
 * @param <R> results
 */
@Stable
public interface CoFlatMapFunction<A, B, R> extends RichFunction {
    void flatMap1(A record, Collector<R> out) throws Exception;

    void flatMap2(B record, Collector<R> out) throws Exception;
}
