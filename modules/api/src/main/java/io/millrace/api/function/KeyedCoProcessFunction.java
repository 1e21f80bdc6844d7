// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * The general function on two connected streams that are grouped by the same key: both share the key's state and timers.
 * Between records of the one and of the other there is no order, so a function that waits for a partner must be ready
 * for either to come first.
 *
 * @param <K> key
 * @param <A> records of the first stream
 * @param <B> records of the second
 * @param <O> results
 */
@Stable
public abstract class KeyedCoProcessFunction<K, A, B, O> implements RichFunction {
    /** What the function can ask and do while it handles a record. Valid during the call only. */
    public interface Context<K> extends KeyedProcessFunction.Context<K> {}

    /** The same for a timer. */
    public interface OnTimerContext<K> extends Context<K>, KeyedProcessFunction.OnTimerContext<K> {}

    public abstract void processElement1(A record, Context<K> context, Collector<O> out) throws Exception;

    public abstract void processElement2(B record, Context<K> context, Collector<O> out) throws Exception;

    /**
     * Called when the watermark, which is the lower of both streams', or the clock has reached a timer of the key. What
     * is emitted has the timer's timestamp; from timers of processing time, none.
     *
     * @param timestamp the time the timer was set for
     */
    public void onTimer(long timestamp, OnTimerContext<K> context, Collector<O> out) throws Exception {}
}
