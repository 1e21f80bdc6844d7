// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.Evictor;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TriggerResult;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import org.jspecify.annotations.Nullable;

/** Adds records to windows and asks the trigger; see {@link TriggeredWindowOperator}. */
final class TriggeredProcessor<W extends Window>
        implements RecordProcessor, WindowAssigner.WindowCollector<W>, WindowAssigner.Context {
    private final WindowParts<W> parts;
    private final WindowAssigner<Object, W> assigner;
    private final Trigger<Object, W> trigger;
    private final WindowContents<W> contents;
    private final WindowTimers<W> timers;
    private final TriggerContext<W> triggers;
    private final OperatorContext context;
    private final LateRecords late;
    private final @Nullable MergedWindows<W> merged;
    private final boolean keepsTimestamps;
    // Of the record being processed.
    private Object record;
    private long timestamp;
    private boolean taken;
    private boolean refused;

    TriggeredProcessor(WindowParts<W> parts, OperatorContext context, LateRecords late) {
        this.parts = parts;
        this.assigner = parts.assigner();
        this.trigger = parts.trigger();
        this.contents = parts.contents();
        this.timers = parts.timers();
        this.triggers = parts.triggers();
        this.merged = parts.merged();
        this.keepsTimestamps = parts.keepsTimestamps();
        this.context = context;
        this.late = late;
    }

    @Override
    public void process(Object newRecord, long newTimestamp) throws Exception {
        record = newRecord;
        timestamp = newTimestamp;
        taken = false;
        refused = false;
        assigner.assignWindows(newRecord, newTimestamp, this, this);
        if (refused && !taken) {
            late.take(newRecord, newTimestamp);
        }
    }

    @Override
    public void add(W assigned) throws Exception {
        W window = assigned;
        W held = assigned;
        if (merged != null) {
            MergedWindow<W> whole = merged.add(assigned);
            if (whole == null) {
                refused = true;
                return;
            }
            window = whole.window();
            held = whole.held();
        } else if (timers.isLate(assigned)) {
            refused = true;
            return;
        }
        taken = true;
        if (contents.add(held, keepsTimestamps ? new Evictor.Timestamped<>(record, timestamp) : record)) {
            timers.setCleanup(window);
        }
        TriggerResult result = trigger.onElement(record, timestamp, window, triggers.of(window));
        if (result != TriggerResult.CONTINUE) {
            parts.act(result, window, held);
        }
    }

    @Override
    public long currentProcessingTime() {
        return context.clock().millis();
    }
}
