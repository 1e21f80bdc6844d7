// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.JobDefinitionException;
import java.time.Duration;

/**
 * How far a right record may be from a left one in event time, milliseconds, both inclusive: the right record's time less
 * the left one's.
 */
@Internal
public record JoinBounds(long lower, long upper) {
    /** Far from where sums of times overflow. */
    public static final long LIMIT_MS = Long.MAX_VALUE / 8;

    public JoinBounds {
        if (lower > upper) {
            throw new JobDefinitionException(
                    "An interval join takes right records from " + lower + " ms to " + upper
                            + " ms after the left one (exclusive bounds counted in): there are none. Swap or widen the bounds.");
        }
    }

    /** A bound in milliseconds. */
    public static long millis(String what, Duration bound) {
        if (bound.abs().compareTo(Duration.ofMillis(LIMIT_MS)) > 0) {
            throw new JobDefinitionException(
                    "The " + what + " of a join is at most " + LIMIT_MS + " milliseconds; given was " + bound + ".");
        }
        return bound.toMillis();
    }

    /** A right record belongs to the left one at {@code time} when it is not before this. */
    public long firstRight(long time) {
        return time + lower;
    }

    public long lastRight(long time) {
        return time + upper;
    }

    public long firstLeft(long time) {
        return time - upper;
    }

    public long lastLeft(long time) {
        return time - lower;
    }
}
