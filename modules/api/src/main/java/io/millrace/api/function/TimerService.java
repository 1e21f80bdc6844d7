// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** Event-time timers of the current key; one a key and time, however often it is set. */
@Stable
public interface TimerService {
    /** The operator's watermark, or {@link io.millrace.api.time.Timestamps#NONE}. */
    long currentWatermark();

    /**
     * Sets a timer. One at or before the watermark fires with the next watermark; set by another timer, it fires right
     * after that one.
     */
    void registerEventTimeTimer(long timestamp);

    /** Removes a timer; nothing happens when there is none. */
    void deleteEventTimeTimer(long timestamp);
}
