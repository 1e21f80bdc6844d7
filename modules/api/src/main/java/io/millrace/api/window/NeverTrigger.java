// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/** Never fires: the trigger of global windows that were given none. */
@Stable
public final class NeverTrigger extends Trigger<Object, Window> {
    private static final NeverTrigger INSTANCE = new NeverTrigger();

    private NeverTrigger() {}

    public static NeverTrigger create() {
        return INSTANCE;
    }

    @Override
    public TriggerResult onElement(Object record, long timestamp, Window window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, Window window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, Window window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(Window window, Context context) {}

    @Override
    public boolean canMerge() {
        return true;
    }

    @Override
    public void onMerge(Window window, OnMergeContext context) {}

    @Override
    public boolean neverFires() {
        return true;
    }

    @Override
    public String toString() {
        return "never";
    }
}
