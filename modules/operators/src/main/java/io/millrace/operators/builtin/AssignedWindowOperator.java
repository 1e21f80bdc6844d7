// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.TimerQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows of any assigner. Each window that holds something has one timer, set with its first record. */
final class AssignedWindowOperator<W extends Window> extends WindowOperator<W>
        implements RecordProcessor, WindowAssigner.WindowCollector<W> {
    private final WindowAssigner<Object, W> assigner;
    private WindowContents<W> contents;
    private TimerQueue<W> timers;
    // Of the record being processed.
    private Object record;
    private boolean taken;
    private boolean refused;

    AssignedWindowOperator(
            WindowAssigner<Object, W> assigner,
            WindowBody body,
            @Nullable OutputTag<?> lateOutput,
            StateCodecs codecs) {
        super(assigner.windowSerializer(), body, lateOutput, codecs);
        this.assigner = assigner;
    }

    @Override
    void openState(OperatorContext operatorContext) {
        contents = openContents(operatorContext, WindowContents.STATE);
        timers = openTimers();
    }

    @Override
    public RecordProcessor processor() {
        return this;
    }

    @Override
    public void process(Object newRecord, long timestamp) throws Exception {
        record = newRecord;
        taken = false;
        refused = false;
        assigner.assignWindows(newRecord, timestamp, this);
        if (refused && !taken) {
            late(newRecord, timestamp);
        }
    }

    @Override
    public void add(W window) throws Exception {
        if (window.maxTimestamp() <= context().currentWatermark()) {
            refused = true;
            return;
        }
        taken = true;
        if (contents.add(window, record)) {
            timers.addNew(window.maxTimestamp(), window);
        }
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<W> timer = timers.pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            keyedState().setCurrentKey(timer.key(), timer.keyHash());
            fire(timer);
        }
        return false;
    }

    private void fire(TimerQueue.Timer<W> timer) throws Exception {
        W window = timer.namespace();
        List<Object> held = contents.read(window);
        if (held.isEmpty()) {
            throw holdsNothing(timer);
        }
        RecordCollector collector = collectorAt(window.maxTimestamp());
        if (windowFunction == null) {
            for (int i = 0; i < held.size(); i++) {
                collector.collect(held.get(i));
            }
        } else {
            windowFunction.process(timer.key(), window, held, collector);
        }
        contents.remove(window);
    }
}
