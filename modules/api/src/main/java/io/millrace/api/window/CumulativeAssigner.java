// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.types.VersionedSerializer;
import java.time.Duration;

/** Windows that begin together and end one step after the other. */
final class CumulativeAssigner<T> extends WindowAssigner<T, TimeWindow> {
    private final long maxSizeMs;
    private final long stepMs;
    private final long offsetMs;
    private final WindowGrid longest;

    CumulativeAssigner(Duration maxSize, Duration step, Duration offset) {
        this.maxSizeMs = WindowGrid.millis("window's size", maxSize);
        this.stepMs = WindowGrid.millis("window's step", step);
        this.offsetMs = WindowGrid.millis("window's offset", offset);
        if (stepMs < 1 || maxSizeMs < stepMs || maxSizeMs % stepMs != 0) {
            throw new IllegalArgumentException(
                    "A cumulative window's step is at least one millisecond, and its greatest"
                            + " size a multiple of it; given were a size of " + maxSize + " and a step of " + step);
        }
        this.longest = new WindowGrid(maxSizeMs, maxSizeMs, offsetMs);
    }

    @Override
    public void assignWindows(T record, long timestamp, Context context, WindowCollector<TimeWindow> out)
            throws Exception {
        long start = longest.lastStart(timestamp);
        long steps = (timestamp - start) / stepMs + 1;
        for (long end = start + steps * stepMs; end <= start + maxSizeMs; end += stepMs) {
            out.add(new TimeWindow(start, end));
        }
    }

    @Override
    public WindowGrid steps() {
        return new WindowGrid(maxSizeMs, stepMs, offsetMs);
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
        return "cumulative(size " + maxSizeMs + " ms, step " + stepMs + " ms"
                + (offsetMs == 0 ? "" : ", offset " + offsetMs + " ms") + ")";
    }
}
