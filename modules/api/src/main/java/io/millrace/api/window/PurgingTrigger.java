// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.util.ArrayList;
import java.util.List;

/** Fires as another trigger does, and throws away what the window holds each time. */
@Stable
public final class PurgingTrigger<T, W extends Window> extends Trigger<T, W> {
    private final Trigger<T, W> inner;

    private PurgingTrigger(Trigger<T, W> inner) {
        this.inner = inner;
    }

    public static <T, W extends Window> PurgingTrigger<T, W> of(Trigger<T, W> inner) {
        return new PurgingTrigger<>(inner);
    }

    private static TriggerResult purging(TriggerResult result) {
        return result.isFire() ? TriggerResult.FIRE_AND_PURGE : result;
    }

    @Override
    public TriggerResult onElement(T record, long timestamp, W window, Context context) throws Exception {
        return purging(inner.onElement(record, timestamp, window, context));
    }

    @Override
    public TriggerResult onProcessingTime(long time, W window, Context context) throws Exception {
        return purging(inner.onProcessingTime(time, window, context));
    }

    @Override
    public TriggerResult onEventTime(long time, W window, Context context) throws Exception {
        return purging(inner.onEventTime(time, window, context));
    }

    @Override
    public void clear(W window, Context context) throws Exception {
        inner.clear(window, context);
    }

    @Override
    public boolean canMerge() {
        return inner.canMerge();
    }

    @Override
    public void onMerge(W window, OnMergeContext context) throws Exception {
        inner.onMerge(window, context);
    }

    @Override
    public boolean neverFires() {
        return inner.neverFires();
    }

    @Override
    public List<Object> functions() {
        List<Object> functions = new ArrayList<>(inner.functions());
        functions.add(inner);
        return functions;
    }

    @Override
    public String toString() {
        return "purging " + inner;
    }
}
