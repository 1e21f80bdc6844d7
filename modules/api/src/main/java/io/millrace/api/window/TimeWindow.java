// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import org.jspecify.annotations.Nullable;

/**
 * A span of time.
 *
 * @param start first timestamp inside, milliseconds since the epoch
 * @param end first timestamp after it
 */
@Stable
public record TimeWindow(long start, long end) implements Window {
    @Override
    public long maxTimestamp() {
        return end - 1;
    }

    /** True when they share a timestamp, or one begins where the other ends. */
    public boolean intersects(TimeWindow other) {
        return start <= other.end && end >= other.start;
    }

    /** The smallest window that holds both. */
    public TimeWindow cover(TimeWindow other) {
        return new TimeWindow(Math.min(start, other.start), Math.max(end, other.end));
    }

    // Windows are compared for each record: what a record's own method does through method handles takes the compiler's
    // budget from the code around it.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimeWindow window && start == window.start && end == window.end;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(start) + Long.hashCode(end);
    }
}
