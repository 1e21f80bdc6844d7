// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * Timers of the current key, one a key, time and kind of time, however often it is set. They are part of every
 * checkpoint. Those of one kind fire in the order of time; those of one time in an order of their keys that is the same
 * after a recovery.
 *
 * <p>Timers belong to keys: on a stream without keys the times can be asked for, and everything else is refused with an
 * {@link IllegalStateException}.
 */
@Stable
public interface TimerService {
    /** The operator's watermark, or {@link io.millrace.api.time.Timestamps#NONE}. */
    long currentWatermark();

    /** What the clock of the node says, milliseconds since 1970-01-01T00:00Z. */
    long currentProcessingTime();

    /**
     * Sets a timer that fires when the watermark reaches it. One at or before the watermark fires with the next
     * watermark; set by another timer, it fires right after that one. One at
     * {@link io.millrace.api.time.Timestamps#END} fires at the end of a bounded stream.
     *
     * @throws IllegalArgumentException at {@link io.millrace.api.time.Timestamps#NONE}, which is no time: the record has
     *     no timestamp
     */
    void registerEventTimeTimer(long timestamp);

    /** Removes a timer; nothing happens when there is none. */
    void deleteEventTimeTimer(long timestamp);

    /**
     * Sets a timer that fires when the clock reaches it, and at once when the clock has. What was due while the job was
     * down fires right after the recovery. When the input ends, what is due by then fires before the last watermark;
     * timers that are not due yet never fire, for a job does not wait for the clock when its work is done.
     *
     * @param time milliseconds since 1970-01-01T00:00Z
     * @throws IllegalArgumentException at {@link Long#MIN_VALUE}
     */
    void registerProcessingTimeTimer(long time);

    /** Removes a timer; nothing happens when there is none. */
    void deleteProcessingTimeTimer(long time);
}
