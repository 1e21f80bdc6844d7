// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.types.VersionedSerializer;
import java.time.Duration;

/** Tumbling windows are sliding ones whose slide is their size. */
final class SlidingAssigner<T> extends WindowAssigner<T, TimeWindow> {
    private final String kind;
    private final long sizeMs;
    private final long slideMs;
    private final long offsetMs;
    private final WindowGrid grid;

    SlidingAssigner(String kind, Duration size, Duration slide, Duration offset) {
        this.kind = kind;
        this.sizeMs = millis("size", size);
        this.slideMs = millis("slide", slide);
        this.offsetMs = millis("offset", offset);
        if (sizeMs < 1 || slideMs < 1) {
            throw new IllegalArgumentException(
                    "A window's size and slide are at least one millisecond; given were " + size + " and " + slide);
        }
        this.grid = new WindowGrid(sizeMs, slideMs, offsetMs);
    }

    private static long millis(String what, Duration duration) {
        if (duration.abs().compareTo(Duration.ofMillis(WindowGrid.LIMIT_MS)) > 0) {
            throw new IllegalArgumentException("A window's " + what + " is at most " + WindowGrid.LIMIT_MS
                    + " milliseconds; given was " + duration);
        }
        return duration.toMillis();
    }

    @Override
    public void assignWindows(T record, long timestamp, WindowCollector<TimeWindow> out) throws Exception {
        long lastStart = grid.lastStart(timestamp);
        for (long start = lastStart; start > timestamp - sizeMs; start -= slideMs) {
            out.add(new TimeWindow(start, start + sizeMs));
        }
    }

    @Override
    public WindowGrid grid() {
        return grid;
    }

    @Override
    public boolean isEventTime() {
        return true;
    }

    @Override
    public VersionedSerializer<TimeWindow> windowSerializer() {
        return TimeWindowSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return kind + "(size " + sizeMs + " ms" + (slideMs == sizeMs ? "" : ", slide " + slideMs + " ms")
                + (offsetMs == 0 ? "" : ", offset " + offsetMs + " ms") + ")";
    }
}
