// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.Timestamps;
import java.time.Duration;

/**
 * Fires each time that the clock passes a multiple of an interval, once where it passes several, as long as the window has had a record since it began, and at
 * the window's last timestamp.
 */
@Stable
public final class ContinuousProcessingTimeTrigger extends Trigger<Object, Window> {
    private static final ValueStateDescriptor<Long> NEXT = new ValueStateDescriptor<>("next", Long.class);

    private final long intervalMs;

    private ContinuousProcessingTimeTrigger(long intervalMs) {
        this.intervalMs = intervalMs;
    }

    /**
     * @param interval at least one millisecond
     */
    public static ContinuousProcessingTimeTrigger of(Duration interval) {
        long intervalMs = WindowGrid.millis("trigger's interval", interval);
        if (intervalMs < 1) {
            throw new IllegalArgumentException(
                    "A trigger's interval is at least one millisecond; given was " + interval);
        }
        return new ContinuousProcessingTimeTrigger(intervalMs);
    }

    @Override
    public TriggerResult onElement(Object record, long timestamp, Window window, Context context) {
        if (context.getState(NEXT).value() == null) {
            setNext(context.currentProcessingTime(), window, context);
        }
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, Window window, Context context) {
        return onTime(time, window, context);
    }

    @Override
    public TriggerResult onEventTime(long time, Window window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public boolean canMerge() {
        return true;
    }

    @Override
    public void onMerge(Window window, OnMergeContext context) throws Exception {
        context.mergeState(NEXT, Math::min);
        Long next = context.getState(NEXT).value();
        if (next != null && Math.floorMod(next, intervalMs) != 0) {
            // The end of a window that was merged, which had no multiple before it.
            setNext(next, window, context);
        } else if (next != null) {
            context.registerProcessingTimeTimer(next);
        }
    }

    /** Sets the timer of the first multiple of the interval after a time, within the window. */
    private void setNext(long time, Window window, Context context) {
        long multiple = time - Math.floorMod(time, intervalMs);
        boolean beyond = time == Timestamps.NONE || multiple > window.maxTimestamp() - intervalMs;
        long next = beyond ? window.maxTimestamp() : multiple + intervalMs;
        context.getState(NEXT).update(next);
        context.registerProcessingTimeTimer(next);
    }

    private TriggerResult onTime(long time, Window window, Context context) {
        ValueState<Long> state = context.getState(NEXT);
        if (time == window.maxTimestamp()) {
            state.clear();
            return TriggerResult.FIRE;
        }
        Long next = state.value();
        if (next == null || next != time) {
            return TriggerResult.CONTINUE;
        }
        setNext(Math.max(time, context.currentProcessingTime()), window, context);
        return TriggerResult.FIRE;
    }

    @Override
    public void clear(Window window, Context context) {
        ValueState<Long> next = context.getState(NEXT);
        Long time = next.value();
        if (time != null) {
            context.deleteProcessingTimeTimer(time);
            next.clear();
        }
        context.deleteProcessingTimeTimer(window.maxTimestamp());
    }

    @Override
    public String toString() {
        return "processing time every " + intervalMs + " ms";
    }
}
