// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import io.millrace.api.time.Timestamps;
import java.time.Duration;

/**
 * Windows of one length that begin at equal distances, in milliseconds.
 *
 * @param size length of a window, at least 1
 * @param slide distance from one start to the next, at least 1
 * @param offset distance of some start from the epoch
 */
@Internal
public record WindowGrid(long size, long slide, long offset) {
    /** Far from where sums of times overflow, and still 73 million years from 1970. */
    static final long LIMIT_MS = Long.MAX_VALUE / 4;

    /**
     * The last start at or before a record's timestamp.
     *
     * @throws IllegalStateException when the record has no timestamp, or one beyond all reason
     */
    public long lastStart(long timestamp) {
        requireInLimits(timestamp);
        return timestamp - Math.floorMod(timestamp - offset, slide);
    }

    /** The first start at or after a time that is within the limits, or near them. */
    public long firstStartFrom(long time) {
        return time + Math.floorMod(offset - time, slide);
    }

    static void requireInLimits(long timestamp) {
        if (timestamp > LIMIT_MS || timestamp < -LIMIT_MS) {
            throw refused(timestamp);
        }
    }

    /** A duration in milliseconds that adds up with timestamps. */
    static long millis(String what, Duration duration) {
        if (duration.abs().compareTo(Duration.ofMillis(LIMIT_MS)) > 0) {
            throw new IllegalArgumentException(
                    "A " + what + " is at most " + LIMIT_MS + " milliseconds; given was " + duration);
        }
        return duration.toMillis();
    }

    private static IllegalStateException refused(long timestamp) {
        if (timestamp == Timestamps.NONE) {
            return new IllegalStateException("A record without a timestamp reached an event-time window. Give the"
                    + " source a WatermarkStrategy with a timestamp assigner.");
        }
        return new IllegalStateException("A record with the timestamp " + timestamp
                + " reached an event-time window, which takes milliseconds since 1970 from " + -LIMIT_MS + " to "
                + LIMIT_MS + ". Correct the timestamp assigner or filter such records out.");
    }
}
