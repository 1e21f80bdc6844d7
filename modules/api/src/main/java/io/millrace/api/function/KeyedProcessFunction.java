// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.TimeDomain;

/** The general function on a keyed stream: state and timers of the current key, side outputs. */
@Stable
public abstract class KeyedProcessFunction<K, I, O> implements RichFunction {
    /** What the function can ask and do while it handles a record. Valid during the call only. */
    public interface Context<K> {
        K currentKey();

        /**
         * The event time of the record or timer, or {@link io.millrace.api.time.Timestamps#NONE}; a timer of processing
         * time has none.
         */
        long timestamp();

        TimerService timerService();

        /** Emits to a side output, with the current timestamp. */
        <X> void output(OutputTag<X> tag, X record);
    }

    /** The same for a timer. */
    public interface OnTimerContext<K> extends Context<K> {
        /** Which time the timer was set in. */
        TimeDomain timeDomain();
    }

    public abstract void processElement(I record, Context<K> context, Collector<O> out) throws Exception;

    /**
     * Called when the watermark or the clock has reached a timer of the key. What is emitted has the timer's timestamp;
     * from timers of processing time, none.
     *
     * @param timestamp the time the timer was set for
     */
    public void onTimer(long timestamp, OnTimerContext<K> context, Collector<O> out) throws Exception {}
}
