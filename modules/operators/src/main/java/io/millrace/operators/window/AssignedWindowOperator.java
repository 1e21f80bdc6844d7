// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.WindowBody;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
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
 * Event-time windows of any assigner whose windows do not merge, without a trigger of their own, an evictor or updates.
 * Each window that holds something has one timer, set with its first record.
 */
final class AssignedWindowOperator<W extends Window> extends WindowOperator<W> {
    private final WindowAssigner<Object, W> assigner;
    private WindowContents<W> contents;
    private TimerQueue<W> timers;
    private RecordKeys keys;

    AssignedWindowOperator(
            WindowAssigner<Object, W> assigner, WindowBody body, Lateness<?> lateness, StateCodecs codecs) {
        super(assigner.windowSerializer(), body, lateness, codecs);
        this.assigner = assigner;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        contents = openContents(operatorContext, WindowContents.STATE);
        timers = openTimers();
        keys = keyedState().recordKeys();
    }

    @Override
    public RecordProcessor processor() {
        return specialised(
                MethodHandles.lookup(), AssignedProcessor.class, assigner, contents, timers, context(), lateRecords());
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<W> timer = timers.pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            fire(timer);
        }
        return false;
    }

    private void fire(TimerQueue.Timer<W> timer) throws Exception {
        W window = timer.namespace();
        List<Object> held = contents.read(window);
        if (held.isEmpty()) {
            throw holdsNothing(timer.key(), timer.namespace());
        }
        RecordCollector collector = collectorAt(window.maxTimestamp());
        if (windowFunction == null) {
            for (int i = 0; i < held.size(); i++) {
                collector.collect(held.get(i));
            }
        } else {
            windowFunction.process(timer.key(), windowContext().of(window), held, collector);
            windowFunction.clear(timer.key(), windowContext());
        }
        contents.remove(window);
    }
}
