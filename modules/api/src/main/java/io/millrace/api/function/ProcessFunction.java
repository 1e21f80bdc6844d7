// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.stream.OutputTag;

/** The general function on a stream without keys: any number of records, side outputs. */
@Stable
public abstract class ProcessFunction<I, O> implements RichFunction {
    /** What the function can ask and do while it handles a record. Valid during the call only. */
    public interface Context {
        /** The record's event time, or {@link io.millrace.api.time.Timestamps#NONE}. */
        long timestamp();

        /** The operator's watermark. */
        long currentWatermark();

        /** Tells the time. Timers belong to keys: to set one here is an error. */
        TimerService timerService();

        /** Emits to a side output, with the record's timestamp. */
        <X> void output(OutputTag<X> tag, X record);
    }

    public abstract void processElement(I record, Context context, Collector<O> out) throws Exception;
}
