// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;

/**
 * Fires each time that so many records were added to a window since it last fired. What a window holds beyond the last
 * firing gives no result, also when the input ends.
 */
@Stable
public final class CountTrigger extends Trigger<Object, Window> {
    private static final ValueStateDescriptor<Long> COUNT = new ValueStateDescriptor<>("count", Long.class);

    private final long size;

    private CountTrigger(long size) {
        this.size = size;
    }

    /**
     * @param size at least 1
     */
    public static CountTrigger of(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("A window fires after at least one record; given was " + size);
        }
        return new CountTrigger(size);
    }

    @Override
    public TriggerResult onElement(Object record, long timestamp, Window window, Context context) {
        ValueState<Long> count = context.getState(COUNT);
        Long before = count.value();
        long now = before == null ? 1 : before + 1;
        if (now >= size) {
            count.clear();
            return TriggerResult.FIRE;
        }
        count.update(now);
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
    public void clear(Window window, Context context) {
        context.getState(COUNT).clear();
    }

    @Override
    public boolean canMerge() {
        return true;
    }

    /** The records that merge windows may be enough; the one that is added then fires them. */
    @Override
    public void onMerge(Window window, OnMergeContext context) throws Exception {
        context.mergeState(COUNT, Long::sum);
    }

    @Override
    public String toString() {
        return "count " + size;
    }
}
