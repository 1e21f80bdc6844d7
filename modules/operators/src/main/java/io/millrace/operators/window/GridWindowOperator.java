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
 *
 * <p>Where late records update results, slices are kept until the last of their windows is thrown away, by timers of
 * their own; so are windows that do not overlap. A late record is added to its slice, and those of its windows that have
 * fired and are kept fire again at once.
 */
final class GridWindowOperator extends WindowOperator<TimeWindow> implements GridUpdates.Windows {
    /** Slides of a window whose slices are looked for one by one. */
    private static final int LOOKED_FOR = 16;

    private final WindowGrid grid;
    private final boolean overlapping;
    private final boolean manySlices;
    private final long allowedMs;
    private final HeldSlices held = new HeldSlices();
    private SliceCursor cursor;
    private WindowContents<TimeWindow> contents;
    private @Nullable FoldedContents<TimeWindow> slices;
    private TimerQueue<TimeWindow> timers;
    private @Nullable TimerQueue<TimeWindow> sliceTimers;
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
        this.allowedMs = lateness.allowedMs();
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        cursor = operatorContext
                .specialiser()
                .at("window")
                .create(MethodHandles.lookup(), SliceCursor.class, GridCursor.class, grid, allowedMs);
        contents = openContents(operatorContext, overlapping ? FoldedContents.SLICES : WindowContents.STATE);
        slices = overlapping ? (FoldedContents<TimeWindow>) contents : null;
        timers = openTimers();
        sliceTimers = overlapping && allowedMs > 0 ? openTimers("_slice-timers") : null;
        keys = keyedState().recordKeys();
    }

    @Override
    public RecordProcessor processor() {
        GridUpdates updates = allowedMs > 0 ? new GridUpdates(grid, cursor, this) : null;
        return specialised(
                MethodHandles.lookup(),
                GridProcessor.class,
                grid,
                cursor,
                contents,
                timers,
                sliceTimers,
                updates,
                lateRecords());
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
                removeSlices(watermark);
                return true;
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            TimeWindow window = timer.namespace();
            FoldedContents<TimeWindow> shared = slices;
            if (timer.timestamp() != window.end() - 1) {
                clear(timer);
            } else if (shared == null) {
                fireWindow(timer);
            } else {
                fireSlices(timer, shared);
            }
        }
        return false;
    }

    /** Those that no window needs any more, all of which have fired. */
    private void removeSlices(long watermark) {
        TimerQueue<TimeWindow> queue = sliceTimers;
        FoldedContents<TimeWindow> shared = slices;
        if (queue == null || shared == null) {
            return;
        }
        for (var timer = queue.pollUntil(watermark); timer != null; timer = queue.pollUntil(watermark)) {
            keys.setCurrentKey(timer.key(), timer.keyHash());
            shared.remove(timer.namespace());
        }
    }

    private void fireWindow(TimerQueue.Timer<TimeWindow> timer) throws Exception {
        TimeWindow window = timer.namespace();
        emit(timer.key(), window, contents.read(window));
        long gone = cursor.goneAt(timer.timestamp());
        if (allowedMs == 0) {
            clear(timer);
        } else if (gone != Long.MAX_VALUE) {
            timers.addNew(gone, window);
        }
    }

    private void fireSlices(TimerQueue.Timer<TimeWindow> timer, FoldedContents<TimeWindow> shared) throws Exception {
        TimeWindow window = timer.namespace();
        long nextStart = window.start() + grid.slide();
        boolean left = join(window, nextStart, shared);
        emit(timer.key(), window, shared.joined());
        if (allowedMs == 0) {
            long edge = window.start();
            while (edge < nextStart) {
                long end = cursor.endOfSlice(edge);
                shared.remove(cursor.span(edge, end));
                edge = end;
            }
            clearFunction(timer);
        } else {
            setTimerOfClear(window);
        }
        if (left) {
            setTimer(nextStart);
        }
    }

    @Override
    public void fireAgain(TimeWindow window) throws Exception {
        Object key = keyedState().currentKey();
        FoldedContents<TimeWindow> shared = slices;
        if (shared == null) {
            emit(key, window, contents.read(window));
        } else {
            join(window, window.start() + grid.slide(), shared);
            emit(key, window, shared.joined());
            setTimerOfClear(window);
        }
    }

    /** A window that shares its slices has nothing of its own but what its function keeps for it. */
    private void setTimerOfClear(TimeWindow window) {
        long gone = cursor.goneAt(window.end() - 1);
        if (windowFunction != null && gone != Long.MAX_VALUE) {
            timers.add(gone, window);
        }
    }

    /** Joins the slices of a window; true when there is one that the next window has, too. */
    private boolean join(TimeWindow window, long nextStart, FoldedContents<TimeWindow> shared) throws Exception {
        shared.beginWindow();
        return manySlices ? joinHeld(window, nextStart, shared) : joinAll(window, nextStart, shared);
    }

    private boolean joinAll(TimeWindow window, long nextStart, FoldedContents<TimeWindow> shared) throws Exception {
        boolean left = false;
        long edge = window.start();
        while (edge < window.end()) {
            long end = cursor.endOfSlice(edge);
            boolean last = edge < nextStart;
            boolean found = shared.join(cursor.span(edge, end), last && allowedMs == 0);
            left |= found && !last;
            edge = end;
        }
        return left;
    }

    /** The same, asking the key which slices it has. */
    private boolean joinHeld(TimeWindow window, long nextStart, FoldedContents<TimeWindow> shared) throws Exception {
        boolean left = false;
        for (TimeWindow slice : held.in(window, shared)) {
            boolean last = slice.start() < nextStart;
            shared.join(slice, last && allowedMs == 0);
            left |= !last;
        }
        return left;
    }

    private void emit(Object key, TimeWindow window, List<Object> all) throws Exception {
        if (all.isEmpty()) {
            throw holdsNothing(key, window);
        }
        RecordCollector collector = collectorAt(window.end() - 1);
        if (windowFunction == null) {
            for (int i = 0; i < all.size(); i++) {
                collector.collect(all.get(i));
            }
        } else {
            windowFunction.process(key, windowContext().of(window), all, collector);
        }
    }

    /** The window is over. */
    private void clear(TimerQueue.Timer<TimeWindow> timer) throws Exception {
        if (!overlapping) {
            contents.remove(timer.namespace());
        }
        clearFunction(timer);
    }

    private void clearFunction(TimerQueue.Timer<TimeWindow> timer) throws Exception {
        if (windowFunction != null) {
            TimeWindow window = timer.namespace();
            collectorAt(window.end() - 1);
            windowFunction.clear(timer.key(), windowContext().of(window));
        }
    }
}
