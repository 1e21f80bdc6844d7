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

/**
 * Windows that begin together and end one step after the other. A record is added once: to the first of its windows that
 * has not fired. What a window holds when it fires it hands on to the next one, which so has it and what was added to it
 * meanwhile: the next window is the running total.
 *
 * <p>A window that has fired and is kept for late records holds all that belongs to it: such a record is added to each of
 * them, which fires again, and to the first that has not fired.
 */
final class CumulativeWindowOperator extends WindowOperator<TimeWindow> {
    private final WindowGrid steps;
    private final long longestMs;
    private final long allowedMs;
    private SliceCursor cursor;
    private FoldedContents<TimeWindow> contents;
    private TimerQueue<TimeWindow> timers;
    private RecordKeys keys;

    /**
     * @param steps the longest windows, and the step from one end to the next as their slide
     */
    CumulativeWindowOperator(
            WindowGrid steps,
            VersionedSerializer<TimeWindow> serializer,
            WindowBody body,
            Lateness<?> lateness,
            StateCodecs codecs) {
        super(serializer, body, lateness, codecs);
        this.steps = steps;
        this.longestMs = steps.size();
        this.allowedMs = lateness.allowedMs();
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        cursor = operatorContext
                .specialiser()
                .at("window")
                .create(MethodHandles.lookup(), SliceCursor.class, CumulativeCursor.class, steps, allowedMs);
        contents = (FoldedContents<TimeWindow>) openContents(operatorContext, FoldedContents.SLICES);
        timers = openTimers();
        keys = keyedState().recordKeys();
    }

    @Override
    public RecordProcessor processor() {
        WindowFiring<TimeWindow> updates =
                new PlainFiring<>(contents, windowFunction, windowContext(), collector(), keyedState());
        return specialised(
                MethodHandles.lookup(),
                CumulativeProcessor.class,
                steps,
                allowedMs > 0,
                cursor,
                contents,
                timers,
                updates,
                lateRecords());
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
            if (timer.timestamp() == timer.namespace().maxTimestamp()) {
                fire(timer);
            } else {
                clear(timer);
            }
        }
        return false;
    }

    private void fire(TimerQueue.Timer<TimeWindow> timer) throws Exception {
        TimeWindow window = timer.namespace();
        if (window.end() - window.start() < longestMs) {
            TimeWindow next = cursor.span(window.start(), cursor.endOfSlice(window.end()));
            contents.handOn(window, next);
            timers.add(next.end() - 1, next);
        }
        List<Object> held = contents.read(window);
        if (held.isEmpty()) {
            throw holdsNothing(timer.key(), timer.namespace());
        }
        RecordCollector collector = collectorAt(timer.timestamp());
        if (windowFunction == null) {
            for (int i = 0; i < held.size(); i++) {
                collector.collect(held.get(i));
            }
        } else {
            windowFunction.process(timer.key(), windowContext().of(window), held, collector);
        }
        long gone = cursor.goneAt(timer.timestamp());
        if (allowedMs == 0) {
            clear(timer);
        } else if (gone != Long.MAX_VALUE) {
            timers.add(gone, window);
        }
    }

    private void clear(TimerQueue.Timer<TimeWindow> timer) throws Exception {
        TimeWindow window = timer.namespace();
        contents.remove(window);
        if (windowFunction != null) {
            collectorAt(window.maxTimestamp());
            windowFunction.clear(timer.key(), windowContext().of(window));
        }
    }
}
