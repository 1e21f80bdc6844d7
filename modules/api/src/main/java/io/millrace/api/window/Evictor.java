// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import java.util.List;

/**
 * Takes records out of a window before, or after, its function sees them. A window with an evictor keeps all its records
 * until it fires, also where they are reduced or aggregated. One instance a subtask; keeps nothing between calls.
 *
 * @param <T> records
 * @param <W> windows
 */
@Stable
public interface Evictor<T, W extends Window> {
    /**
     * A record of a window.
     *
     * @param timestamp its event time, or {@link io.millrace.api.time.Timestamps#NONE}
     */
    record Timestamped<T>(T value, long timestamp) {}

    /** What an evictor can ask. Valid during the call only. */
    interface Context {
        long currentWatermark();

        long currentProcessingTime();
    }

    /**
     * Removes records from {@code records}, which are in order of arrival, before the window's function is called. What
     * is removed is gone from the window. Where nothing is left the function is not called.
     */
    void evictBefore(List<Timestamped<T>> records, W window, Context context) throws Exception;

    /** The same after the function was called. */
    void evictAfter(List<Timestamped<T>> records, W window, Context context) throws Exception;

    /** The user's own objects that the evictor calls; their classes are part of the job's fingerprint. */
    @Internal
    default List<Object> functions() {
        return List.of();
    }

    /** A few words for plans, the same for equal evictors. */
    @Override
    String toString();
}
