// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.TimerQueue;
import org.jspecify.annotations.Nullable;

/** Adds records to the slices, or windows, of a grid; see {@link GridWindowOperator}. */
final class GridProcessor implements RecordProcessor {
    private final WindowGrid grid;
    private final SliceCursor cursor;
    private final WindowContents<TimeWindow> contents;
    private final TimerQueue<TimeWindow> timers;
    private final @Nullable TimerQueue<TimeWindow> sliceTimers;
    private final @Nullable GridUpdates updates;
    private final OperatorContext context;
    private final LateRecords late;
    private final boolean overlapping;

    /**
     * @param sliceTimers for throwing away slices that are kept for late records
     * @param updates null where windows are gone once they have fired
     */
    GridProcessor(
            WindowGrid grid,
            SliceCursor cursor,
            WindowContents<TimeWindow> contents,
            TimerQueue<TimeWindow> timers,
            @Nullable TimerQueue<TimeWindow> sliceTimers,
            @Nullable GridUpdates updates,
            LateRecords late) {
        this.grid = grid;
        this.cursor = cursor;
        this.contents = contents;
        this.timers = timers;
        this.sliceTimers = sliceTimers;
        this.updates = updates;
        this.context = late.context();
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
        long watermark = context.currentWatermark();
        if (cursor.lateFrom <= watermark) {
            late.take(record, timestamp);
            return;
        }
        if (contents.add(slice, record)) {
            setTimers(slice, watermark);
        }
        if (updates != null && cursor.firstDue <= watermark) {
            updates.fire(watermark);
        }
    }

    private void setTimers(TimeWindow slice, long watermark) {
        if (!overlapping) {
            boolean over = cursor.lastTimestamp <= watermark;
            addNew(timers, over ? cursor.lateFrom : cursor.lastTimestamp, slice);
            return;
        }
        if (sliceTimers != null) {
            addNew(sliceTimers, cursor.lateFrom, slice);
        }
        if (cursor.lastTimestamp > watermark) {
            // The first window that ends behind the slice, and that the watermark has not reached.
            long end = Math.max(slice.end(), watermark + 2);
            long start = grid.firstStartFrom(end - grid.size());
            TimeWindow window = cursor.span(start, start + grid.size());
            timers.add(window.end() - 1, window);
        }
    }

    private void addNew(TimerQueue<TimeWindow> queue, long time, TimeWindow span) {
        if (time != Long.MAX_VALUE) {
            queue.addNew(time, span);
        }
    }
}
