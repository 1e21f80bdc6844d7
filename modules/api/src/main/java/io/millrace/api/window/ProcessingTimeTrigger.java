// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/** Fires when the clock reaches a window's last timestamp. */
@Stable
public final class ProcessingTimeTrigger extends Trigger<Object, Window> {
    private static final ProcessingTimeTrigger INSTANCE = new ProcessingTimeTrigger();

    private ProcessingTimeTrigger() {}

    public static ProcessingTimeTrigger create() {
        return INSTANCE;
    }

    @Override
    public TriggerResult onElement(Object record, long timestamp, Window window, Context context) {
        context.registerProcessingTimeTimer(window.maxTimestamp());
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, Window window, Context context) {
        return time == window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, Window window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(Window window, Context context) {
        context.deleteProcessingTimeTimer(window.maxTimestamp());
    }

    @Override
    public boolean canMerge() {
        return true;
    }

    /** Where the merged window is over already, the record that merged it has its timer set. */
    @Override
    public void onMerge(Window window, OnMergeContext context) {
        if (window.maxTimestamp() > context.currentProcessingTime()) {
            context.registerProcessingTimeTimer(window.maxTimestamp());
        }
    }

    @Override
    public String toString() {
        return "processing time";
    }
}
