// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.time.Timestamps;
import io.millrace.api.types.VersionedSerializer;
import java.time.Duration;

/** Tumbling windows are sliding ones whose slide is their size. */
final class SlidingAssigner<T> extends WindowAssigner<T, TimeWindow> {
    private final String kind;
    private final long sizeMs;
    private final long slideMs;
    private final long offsetMs;

    SlidingAssigner(String kind, Duration size, Duration slide, Duration offset) {
        this.kind = kind;
        this.sizeMs = size.toMillis();
        this.slideMs = slide.toMillis();
        this.offsetMs = offset.toMillis();
        if (sizeMs < 1 || slideMs < 1) {
            throw new IllegalArgumentException(
                    "A window's size and slide are at least one millisecond; given were " + size + " and " + slide);
        }
    }

    @Override
    public void assignWindows(T record, long timestamp, WindowCollector<TimeWindow> out) throws Exception {
        if (timestamp == Timestamps.NONE) {
            throw new IllegalStateException("A record without a timestamp reached an event-time window. Give the"
                    + " source a WatermarkStrategy with a timestamp assigner.");
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
