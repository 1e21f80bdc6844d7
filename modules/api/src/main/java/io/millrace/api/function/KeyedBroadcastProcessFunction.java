// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.TimeDomain;

/**
 * The general function on a keyed stream and a broadcast one. Records of the keyed stream have state and timers of their
 * key, and read the broadcast state; broadcast records change it, and have no key: who uses the state of a key for them
 * is told so. What {@link BroadcastProcessFunction} says of order holds here too.
 *
 * @param <K> key
 * @param <T> records of the keyed stream
 * @param <B> records of the broadcast stream
 * @param <O> results
 */
@Stable
public abstract class KeyedBroadcastProcessFunction<K, T, B, O> implements RichFunction {
    /** What the function can ask and do while it handles a record of the keyed stream. Valid during the call only. */
    public interface ReadOnlyContext<K> extends BroadcastProcessFunction.ReadOnlyContext {
        K currentKey();

        TimerService timerService();
    }

    /** The same for a timer; {@link #timestamp} is none for one of processing time. */
    public interface OnTimerContext<K> extends ReadOnlyContext<K> {
        /** Which time the timer was set in. */
        TimeDomain timeDomain();
    }

    /** The same for a broadcast record, which may change the broadcast state, and the state of all keys. */
    public interface Context<K> extends BroadcastProcessFunction.Context {
        /**
         * Runs a function for each key of this subtask that holds something in a state. It takes as long as there are
         * such keys, and nothing else happens in the subtask meanwhile.
         */
        <V> void applyToKeyedState(ValueStateDescriptor<V> descriptor, KeyedStateFunction<K, ValueState<V>> function)
                throws Exception;

        /** The same, for lists. */
        <V> void applyToKeyedState(ListStateDescriptor<V> descriptor, KeyedStateFunction<K, ListState<V>> function)
                throws Exception;

        /** The same, for maps. */
        <L, V> void applyToKeyedState(
                MapStateDescriptor<L, V> descriptor, KeyedStateFunction<K, MapState<L, V>> function) throws Exception;

        /** The same, for values that are combined from what was added. */
        <V> void applyToKeyedState(
                ReducingStateDescriptor<V> descriptor, KeyedStateFunction<K, ReducingState<V>> function)
                throws Exception;

        /** The same, for accumulators. */
        <I, A, R> void applyToKeyedState(
                AggregatingStateDescriptor<I, A, R> descriptor, KeyedStateFunction<K, AggregatingState<I, R>> function)
                throws Exception;
    }

    public abstract void processElement(T record, ReadOnlyContext<K> context, Collector<O> out) throws Exception;

    public abstract void processBroadcastElement(B record, Context<K> context, Collector<O> out) throws Exception;

    /**
     * Called when the watermark, which is the lower of both streams', or the clock has reached a timer of the key. What
     * is emitted has the timer's timestamp; from timers of processing time, none.
     *
     * @param timestamp the time the timer was set for
     */
    public void onTimer(long timestamp, OnTimerContext<K> context, Collector<O> out) throws Exception {}
}
