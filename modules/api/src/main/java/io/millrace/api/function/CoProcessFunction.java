// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * The general function on two connected streams without keys. Between records of the one and of the other there is no
 * order.
 *
 * @param <A> records of the first stream
 * @param <B> records of the second
 * @param <O> results
 */
@Stable
public abstract class CoProcessFunction<A, B, O> implements RichFunction {
    /** What the function can ask and do while it handles a record. Valid during the call only. */
    public interface Context extends ProcessFunction.Context {}

    public abstract void processElement1(A record, Context context, Collector<O> out) throws Exception;

    public abstract void processElement2(B record, Context context, Collector<O> out) throws Exception;
}
