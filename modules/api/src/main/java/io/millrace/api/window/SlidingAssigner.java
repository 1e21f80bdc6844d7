// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.time.Timestamps;
import io.millrace.api.types.VersionedSerializer;
import java.time.Duration;

/** Tumbling windows are sliding ones whose slide is their size. */
final class SlidingAssigner<T> extends WindowAssigner<T, TimeWindow> {
    /** Far from where sums of times overflow, and still 73 million years from 1970. */
    private static final long LIMIT_MS = Long.MAX_VALUE / 4;

    private final String kind;
    private final long sizeMs;
    private final long slideMs;
    private final long offsetMs;

    SlidingAssigner(String kind, Duration size, Duration slide, Duration offset) {
        this.kind = kind;
        this.sizeMs = millis("size", size);
        this.slideMs = millis("slide", slide);
        this.offsetMs = millis("offset", offset);
        if (sizeMs < 1 || slideMs < 1) {
            throw new IllegalArgumentException(
                    "A window's size and slide are at least one millisecond; given were " + size + " and " + slide);
        }
    }

    private static long millis(String what, Duration duration) {
        if (duration.abs().compareTo(Duration.ofMillis(LIMIT_MS)) > 0) {
            throw new IllegalArgumentException(
                    "A window's " + what + " is at most " + LIMIT_MS + " milliseconds; given was " + duration);
        }
        return duration.toMillis();
    }

    @Override
    public void assignWindows(T record, long timestamp, WindowCollector<TimeWindow> out) throws Exception {
        if (timestamp == Timestamps.NONE) {
            throw new IllegalStateException("A record without a timestamp reached an event-time window. Give the"
                    + " source a WatermarkStrategy with a timestamp assigner.");
        }
        if (timestamp > LIMIT_MS || timestamp < -LIMIT_MS) {
            throw new IllegalStateException(
                    "A record with the timestamp " + timestamp + " reached an event-time window,"
                            + " which takes milliseconds since 1970 from " + -LIMIT_MS + " to " + LIMIT_MS
                            + ". Correct the timestamp assigner or filter such records out.");
        }
        long lastStart = timestamp - Math.floorMod(timestamp - offsetMs, slideMs);
        for (long start = lastStart; start > timestamp - sizeMs; start -= slideMs) {
            out.add(new TimeWindow(start, start + sizeMs));
        }
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
