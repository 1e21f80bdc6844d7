// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import org.jspecify.annotations.Nullable;

/** Finds slices by arithmetic, specialised for each operator: its divisions are by constants then. */
final class GridCursor extends SliceCursor {
    private static final int CACHED = 64;

    private final WindowGrid grid;

    /** From a window's start to the next edge, and from there to the next start, which is 0 where the two are one. */
    private final long firstPart;

    private final long secondPart;
    private final @Nullable TimeWindow[] cache = new TimeWindow[CACHED];

    GridCursor(WindowGrid grid, long allowedMs) {
        super(allowedMs);
        this.grid = grid;
        long rest = grid.size() % grid.slide();
        this.firstPart = rest == 0 ? grid.slide() : rest;
        this.secondPart = rest == 0 ? 0 : grid.slide() - rest;
    }

    @Override
    void moveTo(long timestamp) {
        long windowStart = grid.lastStart(timestamp);
        boolean inFirst = timestamp < windowStart + firstPart;
        start = inFirst ? windowStart : windowStart + firstPart;
        end = inFirst ? windowStart + firstPart : windowStart + grid.slide();
        lastTimestamp = windowStart + grid.size() - 1;
        firstDue = grid.firstStartFrom(end - grid.size()) + grid.size() - 1;
        lateFrom = goneAt(lastTimestamp);
        slice = lastTimestamp < start ? null : span(start, end);
    }

    @Override
    long endOfSlice(long edge) {
        return edge + (Math.floorMod(edge - grid.offset(), grid.slide()) == 0 ? firstPart : secondPart);
    }

    @Override
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
