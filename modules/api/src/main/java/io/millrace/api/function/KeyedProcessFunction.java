// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.stream.OutputTag;

/** The general function on a keyed stream: state and timers of the current key, side outputs. */
@Stable
public abstract class KeyedProcessFunction<K, I, O> implements RichFunction {
    /** What the function can ask and do while it handles a record. Valid during the call only. */
    public interface Context<K> {
        K currentKey();

        /** The event time of the record or timer, or {@link io.millrace.api.time.Timestamps#NONE}. */
        long timestamp();

        TimerService timerService();

        /** Emits to a side output, with the current timestamp. */
        <X> void output(OutputTag<X> tag, X record);
    }

    public abstract void processElement(I record, Context<K> context, Collector<O> out) throws Exception;

    /**
     * Called when the watermark has reached a timer of the key.
     *
     * @param timestamp the time the timer was set for
     */
    public void onTimer(long timestamp, Context<K> context, Collector<O> out) throws Exception {}
}
