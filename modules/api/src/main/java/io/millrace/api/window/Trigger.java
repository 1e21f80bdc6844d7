// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/**
 * Decides when a window emits its result. One instance a subtask, shared by all keys and windows: what it has to remember
 * belongs into the state of its context. Confined to the subtask.
 *
 * @param <T> records
 * @param <W> windows
 */
@Stable
public abstract class Trigger<T, W extends Window> {
    /** What a trigger can ask and do for one key and window. Valid during the call only. */
    public interface Context {
        long currentWatermark();

        long currentProcessingTime();

        /** Has {@link Trigger#onEventTime} called for the window when the watermark reaches that time; deduplicated. */
        void registerEventTimeTimer(long timestamp);

        void deleteEventTimeTimer(long timestamp);

        /** Has {@link Trigger#onProcessingTime} called for the window when the clock reaches that time; deduplicated. */
        void registerProcessingTimeTimer(long timestamp);

        void deleteProcessingTimeTimer(long timestamp);
    }

    /** A record was added to the window. */
    public abstract TriggerResult onElement(T record, long timestamp, W window, Context context) throws Exception;

    public abstract TriggerResult onProcessingTime(long time, W window, Context context) throws Exception;

    public abstract TriggerResult onEventTime(long time, W window, Context context) throws Exception;

    /** The window is gone: let go of its state and timers. */
    public abstract void clear(W window, Context context) throws Exception;

    /** A few words for plans, the same for equal triggers. */
    @Override
    public abstract String toString();
}
