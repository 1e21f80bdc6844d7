// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import org.jspecify.annotations.Nullable;

/**
 * The slice of time that the last record fell into, which is likely that of the next. Slices are what lies between two
 * edges of windows: where windows do not overlap, the windows themselves.
 */
abstract class SliceCursor {
    private final long allowedMs;

    /** Timestamps from start to before end belong to the slice. */
    long start;

    long end;

    /** What the slice's records are kept under; null between windows that leave gaps. */
    @Nullable
    TimeWindow slice;

    /** The last timestamp of the first window that holds the slice. */
    long firstDue;

    /** The last timestamp of the last window that holds the slice. */
    long lastTimestamp;

    /** The watermark from which on records of the slice are late. */
    long lateFrom;

    /**
     * @param allowedMs for how long after their end late records update windows
     */
    SliceCursor(long allowedMs) {
        this.allowedMs = allowedMs;
    }

    /** The watermark at which a window is thrown away; {@link Long#MAX_VALUE} for never. */
    final long goneAt(long maxTimestamp) {
        return maxTimestamp > Long.MAX_VALUE - allowedMs ? Long.MAX_VALUE : maxTimestamp + allowedMs;
    }

    /** Goes to the slice of a timestamp. */
    abstract void moveTo(long timestamp);

    /** The end of the slice that begins at an edge of the grid. */
    abstract long endOfSlice(long edge);

    /** A span of time, the same object for the same span most of the time. */
    abstract TimeWindow span(long from, long to);
}
