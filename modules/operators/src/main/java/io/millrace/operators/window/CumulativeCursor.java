// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import org.jspecify.annotations.Nullable;

/** Finds the first of the cumulative windows of a record, specialised for each operator. */
final class CumulativeCursor extends SliceCursor {
    private static final int CACHED = 64;

    private final WindowGrid longest;
    private final long step;
    private final @Nullable TimeWindow[] cache = new TimeWindow[CACHED];

    /**
     * @param steps the longest windows, and the step from one end to the next as their slide
     */
    CumulativeCursor(WindowGrid steps, long allowedMs) {
        super(allowedMs);
        this.longest = new WindowGrid(steps.size(), steps.size(), steps.offset());
        this.step = steps.slide();
    }

    @Override
    void moveTo(long timestamp) {
        long spanStart = longest.lastStart(timestamp);
        start = timestamp - (timestamp - spanStart) % step;
        end = start + step;
        slice = span(spanStart, end);
        firstDue = end - 1;
        lastTimestamp = spanStart + longest.size() - 1;
        lateFrom = goneAt(lastTimestamp);
    }

    @Override
    long endOfSlice(long edge) {
        return edge + step;
    }

    @Override
    TimeWindow span(long from, long to) {
        int slot = (int) (to * 0x9E3779B97F4A7C15L >>> 58);
        TimeWindow known = cache[slot];
        if (known == null || known.start() != from || known.end() != to) {
            known = new TimeWindow(from, to);
            cache[slot] = known;
        }
        return known;
    }
}
