// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import org.jspecify.annotations.Nullable;

/**
 * The slice of time that the last record fell into, which is likely that of the next. Slices are what lies between two
 * edges of windows: where windows do not overlap, the windows themselves.
 */
final class SliceCursor {
    private static final int CACHED = 64;

    private final WindowGrid grid;

    /** From a window's start to the next edge, and from there to the next start, which is 0 where the two are one. */
    private final long firstPart;

    private final long secondPart;
    private final @Nullable TimeWindow[] cache = new TimeWindow[CACHED];

    /** Timestamps from start to before end belong to the slice. */
    long start;

    long end;

    /** Null between windows that leave gaps. */
    @Nullable
    TimeWindow slice;

    /** The last timestamp of the last window that holds the slice. */
    long lastTimestamp;

    SliceCursor(WindowGrid grid) {
        this.grid = grid;
        long rest = grid.size() % grid.slide();
        this.firstPart = rest == 0 ? grid.slide() : rest;
        this.secondPart = rest == 0 ? 0 : grid.slide() - rest;
    }

    /** Goes to the slice of a timestamp. */
    void moveTo(long timestamp) {
        long windowStart = grid.lastStart(timestamp);
        boolean inFirst = timestamp < windowStart + firstPart;
        start = inFirst ? windowStart : windowStart + firstPart;
        end = inFirst ? windowStart + firstPart : windowStart + grid.slide();
        lastTimestamp = windowStart + grid.size() - 1;
        slice = lastTimestamp < start ? null : span(start, end);
    }

    /** The end of the slice that begins at an edge of the grid. */
    long endOfSlice(long edge) {
        return edge + (Math.floorMod(edge - grid.offset(), grid.slide()) == 0 ? firstPart : secondPart);
    }

    /** A span of time, the same object for the same span most of the time. */
    TimeWindow span(long from, long to) {
        int slot = (int) (from * 0x9E3779B97F4A7C15L >>> 58);
        TimeWindow known = cache[slot];
        if (known == null || known.start() != from || known.end() != to) {
            known = new TimeWindow(from, to);
            cache[slot] = known;
        }
        return known;
    }
}
