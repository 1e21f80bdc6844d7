// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.WindowBody;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.builtin.RecordCollector;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.state.RecordKeys;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of one length at equal distances. Those that do not overlap hold their records, and each has a timer, set with
 * its first record. Those that do, share slices, so that a record is added once: a window's result is put together from
 * its slices when it fires. For each slice there is a timer of the first window that holds it and has not fired; when
 * that fires and something is left for the next window, it sets the timer of that one.
 *
 * <p>A late record is added to its slice as long as some window of the slice is to come. Windows that are due are not to
 * see it: they fire before, since an operator that has stopped firing is given no record.
 */
final class GridWindowOperator extends WindowOperator<TimeWindow> {
    /** Slides of a window whose slices are looked for one by one. */
    private static final int LOOKED_FOR = 16;

    private final WindowGrid grid;
    private final boolean overlapping;
    private final boolean manySlices;
    private final HeldSlices held = new HeldSlices();
    private SliceCursor cursor;
    private WindowContents<TimeWindow> contents;
    private @Nullable FoldedContents<TimeWindow> slices;
    private TimerQueue<TimeWindow> timers;
    private RecordKeys keys;

    GridWindowOperator(
            WindowGrid grid,
            VersionedSerializer<TimeWindow> serializer,
            WindowBody body,
            Lateness<?> lateness,
            StateCodecs codecs) {
        super(serializer, body, lateness, codecs);
        this.grid = grid;
        this.overlapping = grid.size() > grid.slide();
        this.manySlices = grid.size() / grid.slide() > LOOKED_FOR;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        cursor = operatorContext
                .specialiser()
                .at("window")
                .create(MethodHandles.lookup(), SliceCursor.class, GridCursor.class, grid);
        contents = openContents(operatorContext, overlapping ? FoldedContents.SLICES : WindowContents.STATE);
        slices = overlapping ? (FoldedContents<TimeWindow>) contents : null;
        timers = openTimers();
        keys = keyedState().recordKeys();
    }

    @Override
    public RecordProcessor processor() {
        return specialised(
                MethodHandles.lookup(), GridProcessor.class, grid, cursor, contents, timers, context(), lateRecords());
    }

    private void setTimer(long windowStart) {
        TimeWindow window = cursor.span(windowStart, windowStart + grid.size());
        timers.add(window.end() - 1, window);
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<TimeWindow> timer = timers.pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            TimeWindow window = timer.namespace();
            FoldedContents<TimeWindow> shared = slices;
            if (shared == null) {
                emit(timer, contents.read(window));
                contents.remove(window);
            } else {
                fireSlices(timer, shared);
            }
        }
        return false;
    }

    private void fireSlices(TimerQueue.Timer<TimeWindow> timer, FoldedContents<TimeWindow> shared) throws Exception {
        TimeWindow window = timer.namespace();
        long nextStart = window.start() + grid.slide();
        shared.beginWindow();
        boolean left = manySlices ? joinHeld(window, nextStart, shared) : joinAll(window, nextStart, shared);
        emit(timer, shared.joined());
        long edge = window.start();
        while (edge < nextStart) {
            long end = cursor.endOfSlice(edge);
            shared.remove(cursor.span(edge, end));
            edge = end;
        }
        if (left) {
            setTimer(nextStart);
        }
    }

    /** Joins the slices of a window, looking for each; true when there is one that the next window has, too. */
    private boolean joinAll(TimeWindow window, long nextStart, FoldedContents<TimeWindow> shared) throws Exception {
        boolean left = false;
        long edge = window.start();
        while (edge < window.end()) {
            long end = cursor.endOfSlice(edge);
            boolean found = shared.join(cursor.span(edge, end), edge < nextStart);
            left |= found && edge >= nextStart;
            edge = end;
        }
        return left;
    }

    /** The same, asking the key which slices it has. */
    private boolean joinHeld(TimeWindow window, long nextStart, FoldedContents<TimeWindow> shared) throws Exception {
        boolean left = false;
        for (TimeWindow slice : held.in(window, shared)) {
            boolean last = slice.start() < nextStart;
            shared.join(slice, last);
            left |= !last;
        }
        return left;
    }

    private void emit(TimerQueue.Timer<TimeWindow> timer, List<Object> held) throws Exception {
        if (held.isEmpty()) {
            throw holdsNothing(timer);
        }
        TimeWindow window = timer.namespace();
        RecordCollector collector = collectorAt(window.end() - 1);
        if (windowFunction == null) {
            for (int i = 0; i < held.size(); i++) {
                collector.collect(held.get(i));
            }
        } else {
            windowFunction.process(timer.key(), windowContext().of(window), held, collector);
            windowFunction.clear(timer.key(), windowContext());
        }
    }
}
