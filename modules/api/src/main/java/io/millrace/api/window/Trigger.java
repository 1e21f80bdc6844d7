// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import java.util.List;

/**
 * Decides when a window emits its result. One instance a subtask, shared by all keys and windows: what it has to remember
 * belongs into the state of its context. Confined to the subtask.
 *
 * <p>A window that holds nothing does not fire. One whose time is over, plus the time in which late records update it, is
 * thrown away whether the trigger has fired it or not.
 *
 * @param <T> records
 * @param <W> windows
 */
@Stable
public abstract class Trigger<T, W extends Window> {
    /** What a trigger can ask and do for one key and window, whose own state it gives. Valid during the call only. */
    public interface Context extends KeyedStateStore {
        long currentWatermark();

        long currentProcessingTime();

        /**
         * Has {@link Trigger#onEventTime} called for the window when the watermark reaches that time, or next moves where
         * it has reached it already; deduplicated.
         */
        void registerEventTimeTimer(long timestamp);

        void deleteEventTimeTimer(long timestamp);

        /** Has {@link Trigger#onProcessingTime} called for the window when the clock reaches that time; deduplicated. */
        void registerProcessingTimeTimer(long timestamp);

        void deleteProcessingTimeTimer(long timestamp);
    }

    /** The same for windows that become one: what is asked for is the new window's. */
    public interface OnMergeContext extends Context {
        /** Gives the new window the values of the old ones, combined where several have one. */
        <X> void mergeState(ValueStateDescriptor<X> descriptor, ReduceFunction<X> combine) throws Exception;

        /** Gives the new window the elements of the old ones. */
        <X> void mergeState(ListStateDescriptor<X> descriptor);
    }

    /** A record was added to the window. */
    public abstract TriggerResult onElement(T record, long timestamp, W window, Context context) throws Exception;

    /**
     * The clock has reached a time that the trigger asked for. When a bounded input ends, what is still asked for is
     * called at once, in order of time, and nothing more can be asked for: so the last windows fire, too.
     */
    public abstract TriggerResult onProcessingTime(long time, W window, Context context) throws Exception;

    public abstract TriggerResult onEventTime(long time, W window, Context context) throws Exception;

    /** The window is gone: let go of its state and timers. */
    public abstract void clear(W window, Context context) throws Exception;

    /** True when the trigger works with windows that merge, such as sessions: see {@link #onMerge}. */
    public boolean canMerge() {
        return false;
    }

    /**
     * Windows have become one: gives the new one what the trigger remembers of them, and sets its timers. The old windows
     * are {@link #clear}ed after it.
     */
    public void onMerge(W window, OnMergeContext context) throws Exception {
        throw new UnsupportedOperationException("The trigger " + this + " cannot merge windows.");
    }

    /**
     * True when no window ever fires by this trigger, so that its job would never have a result: it is refused when it is
     * built.
     */
    public boolean neverFires() {
        return false;
    }

    /** The user's own objects that the trigger calls; their classes are part of the job's fingerprint. */
    @Internal
    public List<Object> functions() {
        return List.of();
    }

    /** A few words for plans, the same for equal triggers. */
    @Override
    public abstract String toString();
}
