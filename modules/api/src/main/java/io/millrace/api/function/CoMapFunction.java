// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * One record of either of two connected streams to one record.
 *
 * @param <A> records of the first stream
 * @param <B> records of the second
 * @param <R> results
 */
@Stable
public interface CoMapFunction<A, B, R> extends RichFunction {
    R map1(A record) throws Exception;

    R map2(B record) throws Exception;
}
