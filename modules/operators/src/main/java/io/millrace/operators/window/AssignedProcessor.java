// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.TimerQueue;

/** Adds records to the windows that an assigner names; see {@link AssignedWindowOperator}. */
final class AssignedProcessor<W extends Window>
        implements RecordProcessor, WindowAssigner.WindowCollector<W>, WindowAssigner.Context {
    private final WindowAssigner<Object, W> assigner;
    private final WindowContents<W> contents;
    private final TimerQueue<W> timers;
    private final OperatorContext context;
    private final LateRecords late;
    // Of the record being processed.
    private Object record;
    private boolean taken;
    private boolean refused;

    AssignedProcessor(
            WindowAssigner<Object, W> assigner,
            WindowContents<W> contents,
            TimerQueue<W> timers,
            OperatorContext context,
            LateRecords late) {
        this.assigner = assigner;
        this.contents = contents;
        this.timers = timers;
        this.context = context;
        this.late = late;
    }

    @Override
    public void process(Object newRecord, long timestamp) throws Exception {
        record = newRecord;
        taken = false;
        refused = false;
        assigner.assignWindows(newRecord, timestamp, this, this);
        if (refused && !taken) {
            late.take(newRecord, timestamp);
        }
    }

    @Override
    public void add(W window) throws Exception {
        if (window.maxTimestamp() <= context.currentWatermark()) {
            refused = true;
            return;
        }
        taken = true;
        if (contents.add(window, record)) {
            timers.addNew(window.maxTimestamp(), window);
        }
    }

    @Override
    public long currentProcessingTime() {
        return context.clock().millis();
    }
}
