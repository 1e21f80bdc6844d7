// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.TimerQueue;

/** Adds records to the first of their cumulative windows that has not fired; see {@link CumulativeWindowOperator}. */
final class CumulativeProcessor implements RecordProcessor {
    private final long step;
    private final boolean updating;
    private final SliceCursor cursor;
    private final WindowContents<TimeWindow> contents;
    private final TimerQueue<TimeWindow> timers;
    private final WindowFiring<TimeWindow> updates;
    private final OperatorContext context;
    private final LateRecords late;

    /**
     * @param updating true when windows that have fired take records for some time
     */
    CumulativeProcessor(
            WindowGrid steps,
            boolean updating,
            SliceCursor cursor,
            WindowContents<TimeWindow> contents,
            TimerQueue<TimeWindow> timers,
            WindowFiring<TimeWindow> updates,
            LateRecords late) {
        this.step = steps.slide();
        this.updating = updating;
        this.cursor = cursor;
        this.contents = contents;
        this.timers = timers;
        this.updates = updates;
        this.context = late.context();
        this.late = late;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        if (timestamp < cursor.start || timestamp >= cursor.end) {
            cursor.moveTo(timestamp);
        }
        TimeWindow first = cursor.slice;
        if (first == null) {
            return;
        }
        long watermark = context.currentWatermark();
        if (cursor.firstDue > watermark) {
            addTo(first, record);
        } else if (cursor.lateFrom <= watermark) {
            late.take(record, timestamp);
        } else {
            addBehind(first, record, watermark);
        }
    }

    private void addTo(TimeWindow window, Object record) throws Exception {
        if (contents.add(window, record)) {
            timers.add(window.end() - 1, window);
        }
    }

    /** Some windows of the record have fired. */
    private void addBehind(TimeWindow first, Object record, long watermark) throws Exception {
        if (updating) {
            update(first, record, watermark);
        }
        if (cursor.lastTimestamp > watermark) {
            long steps = (watermark - cursor.firstDue) / step + 1;
            addTo(cursor.span(first.start(), first.end() + steps * step), record);
        }
    }

    private void update(TimeWindow first, Object record, long watermark) throws Exception {
        long lastDue = Math.min(cursor.lastTimestamp, watermark);
        for (long due = cursor.firstDue; due <= lastDue; due += step) {
            long gone = cursor.goneAt(due);
            if (gone <= watermark) {
                continue;
            }
            TimeWindow window = cursor.span(first.start(), due + 1);
            if (contents.add(window, record) && gone != Long.MAX_VALUE) {
                timers.add(gone, window);
            }
            updates.fire(window, window);
        }
    }
}
