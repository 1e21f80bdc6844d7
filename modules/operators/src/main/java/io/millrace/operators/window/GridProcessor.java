// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.TimerQueue;

/** Adds records to the slices, or windows, of a grid; see {@link GridWindowOperator}. */
final class GridProcessor implements RecordProcessor {
    private final WindowGrid grid;
    private final SliceCursor cursor;
    private final WindowContents<TimeWindow> contents;
    private final TimerQueue<TimeWindow> timers;
    private final OperatorContext context;
    private final LateRecords late;
    private final boolean overlapping;

    GridProcessor(
            WindowGrid grid,
            SliceCursor cursor,
            WindowContents<TimeWindow> contents,
            TimerQueue<TimeWindow> timers,
            OperatorContext context,
            LateRecords late) {
        this.grid = grid;
        this.cursor = cursor;
        this.contents = contents;
        this.timers = timers;
        this.context = context;
        this.late = late;
        this.overlapping = grid.size() > grid.slide();
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        if (timestamp < cursor.start || timestamp >= cursor.end) {
            cursor.moveTo(timestamp);
        }
        TimeWindow slice = cursor.slice;
        if (slice == null) {
            return;
        }
        if (cursor.lastTimestamp <= context.currentWatermark()) {
            late.take(record, timestamp);
        } else if (contents.add(slice, record)) {
            setTimer(slice);
        }
    }

    private void setTimer(TimeWindow slice) {
        if (!overlapping) {
            timers.addNew(slice.end() - 1, slice);
            return;
        }
        // The first window that ends behind the slice, and that the watermark has not reached.
        long end = Math.max(slice.end(), context.currentWatermark() + 2);
        long start = grid.firstStartFrom(end - grid.size());
        TimeWindow window = cursor.span(start, start + grid.size());
        timers.add(window.end() - 1, window);
    }
}
