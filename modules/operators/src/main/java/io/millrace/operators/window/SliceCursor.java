// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import org.jspecify.annotations.Nullable;

/**
 * The slice of time that the last record fell into, which is likely that of the next. Slices are what lies between two
 * edges of windows: where windows do not overlap, the windows themselves.
 */
abstract class SliceCursor {
    /** Timestamps from start to before end belong to the slice. */
    long start;

    long end;

    /** Null between windows that leave gaps. */
    @Nullable
    TimeWindow slice;

    /** The last timestamp of the last window that holds the slice. */
    long lastTimestamp;

    /** Goes to the slice of a timestamp. */
    abstract void moveTo(long timestamp);

    /** The end of the slice that begins at an edge of the grid. */
    abstract long endOfSlice(long edge);

    /** A span of time, the same object for the same span most of the time. */
    abstract TimeWindow span(long from, long to);
}
