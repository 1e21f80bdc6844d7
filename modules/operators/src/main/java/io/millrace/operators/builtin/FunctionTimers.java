// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.TimerService;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;

/** The timers that a keyed function sets: a queue for event time and one for processing time, both keyed state. */
final class FunctionTimers implements TimerService {
    private final OperatorContext context;
    private final TimerQueue<NoNamespace> eventTime;
    private final TimerQueue<NoNamespace> processingTime;

    FunctionTimers(OperatorContext context, KeyedStateBackend state) {
        this.context = context;
        this.eventTime = state.timers("_timers", NoNamespace.CODEC);
        this.processingTime = state.timers("_processing_timers", NoNamespace.CODEC);
    }

    TimerQueue<NoNamespace> eventTime() {
        return eventTime;
    }

    TimerQueue<NoNamespace> processingTime() {
        return processingTime;
    }

    /** Asks to be woken for the earliest timer of processing time; one at the end of all time is never due. */
    void arm() {
        long first = processingTime.firstTimestamp();
        if (first != Long.MAX_VALUE) {
            context.wakeAt(first);
        }
    }

    @Override
    public long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public long currentProcessingTime() {
        return context.clock().millis();
    }

    @Override
    public void registerEventTimeTimer(long timestamp) {
        if (timestamp == Timestamps.NONE) {
            throw noTime(
                    "an event-time timer",
                    "the record has no timestamp. Give the stream timestamps by a"
                            + " WatermarkStrategy with withTimestampAssigner(..)");
        }
        eventTime.add(timestamp, NoNamespace.INSTANCE);
    }

    @Override
    public void deleteEventTimeTimer(long timestamp) {
        eventTime.remove(timestamp, NoNamespace.INSTANCE);
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        if (time == Long.MIN_VALUE) {
            throw noTime("a processing-time timer", "a time is counted from currentProcessingTime()");
        }
        processingTime.add(time, NoNamespace.INSTANCE);
        if (time != Long.MAX_VALUE) {
            context.wakeAt(time);
        }
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        processingTime.remove(time, NoNamespace.INSTANCE);
    }

    private IllegalArgumentException noTime(String what, String why) {
        return new IllegalArgumentException("The function of operator '" + context.operatorName() + "' ("
                + context.operatorId() + ") sets " + what + " at Long.MIN_VALUE, which is no time: " + why + ".");
    }
}
