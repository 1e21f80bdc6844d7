// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.types.VersionedSerializer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tumbling windows are sliding ones whose slide is their size. */
final class SlidingAssigner<T> extends WindowAssigner<T, TimeWindow> {
    private final String kind;
    private final long sizeMs;
    private final long slideMs;
    private final long offsetMs;
    private final boolean eventTime;
    private final WindowGrid grid;

    SlidingAssigner(String kind, Duration size, Duration slide, Duration offset, boolean eventTime) {
        this.kind = eventTime ? kind : "processing-time " + kind;
        this.eventTime = eventTime;
        this.sizeMs = WindowGrid.millis("window's size", size);
        this.slideMs = WindowGrid.millis("window's slide", slide);
        this.offsetMs = WindowGrid.millis("window's offset", offset);
        if (sizeMs < 1 || slideMs < 1) {
            throw new IllegalArgumentException(
                    "A window's size and slide are at least one millisecond; given were " + size + " and " + slide);
        }
        this.grid = new WindowGrid(sizeMs, slideMs, offsetMs);
    }

    @Override
    public void assignWindows(T record, long timestamp, Context context, WindowCollector<TimeWindow> out)
            throws Exception {
        long time = eventTime ? timestamp : context.currentProcessingTime();
        long lastStart = grid.lastStart(time);
        for (long start = lastStart; start > time - sizeMs; start -= slideMs) {
            out.add(new TimeWindow(start, start + sizeMs));
        }
    }

    @Override
    public @Nullable WindowGrid grid() {
        return eventTime ? grid : null;
    }

    @Override
    public boolean isEventTime() {
        return eventTime;
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
