// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.WindowBody;
import io.millrace.api.time.Timestamps;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TriggerResult;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NoNamespace;
import io.millrace.state.RecordKeys;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Windows in full generality: of any assigner, also one that merges; in event time or processing time; with any trigger,
 * an evictor, and updates by late records.
 *
 * <p>A window has timers of its own: those that its trigger sets, and one for when it is thrown away, which for event time
 * is the time in which late records update it after its end. Where both are at one time they are one timer: the trigger is
 * asked first.
 *
 * <p>When a bounded input ends, the processing-time timers that are left fire, and new ones are not set: so windows of
 * processing time emit what they hold. They do so before the last watermark goes on, for what follows it is late behind
 * this operator; and once more after it, for records that operators before this one have emitted at their own end.
 */
final class TriggeredWindowOperator<W extends Window> extends WindowOperator<W> {
    private final WindowAssigner<Object, W> assigner;
    private final Trigger<Object, W> trigger;
    private final @Nullable Evictor<Object, W> evictor;
    private final long allowedMs;
    private WindowParts<W> parts;
    private WindowTimers<W> timers;
    private TriggerContext<W> triggers;
    private WindowContents<W> contents;
    private @Nullable MergedWindows<W> merged;
    private RecordKeys keys;

    /**
     * @param evictor where there is one, the body is {@link WindowBody.Keeping}
     */
    TriggeredWindowOperator(
            WindowAssigner<Object, W> assigner,
            Trigger<Object, W> trigger,
            @Nullable Evictor<Object, W> evictor,
            WindowBody body,
            Lateness<?> lateness,
            StateCodecs codecs) {
        super(assigner.windowSerializer(), body, lateness, codecs);
        this.assigner = assigner;
        this.trigger = trigger;
        this.evictor = evictor;
        this.allowedMs = lateness.allowedMs();
    }

    @Override
    boolean windowsMerge() {
        return assigner instanceof MergingWindowAssigner;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        KeyedStateBackend state = keyedState();
        keys = state.recordKeys();
        contents = openContents(operatorContext, WindowContents.STATE);
        ClockTimers<W> clock = new ClockTimers<>(openTimers("_window-clock-timers"), operatorContext);
        timers = new WindowTimers<>(assigner.isEventTime(), allowedMs, openTimers(), clock, operatorContext);
        triggers = new TriggerContext<>(operatorContext, timers, statesOf(operatorContext, "_trigger."));
        if (assigner instanceof MergingWindowAssigner<Object, W> merging) {
            var windows = state.namespacedValue(
                    "_merged-windows", NoNamespace.CODEC, new MergedWindowsCodec<>(windowCodec()));
            merged = new MergedWindows<>(merging, windows, contents, trigger, triggers, timers);
        }
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        parts = new WindowParts<>(
                assigner, trigger, contents, timers, triggers, firing(operatorContext), merged, evictor != null);
    }

    private WindowFiring<W> firing(OperatorContext operatorContext) {
        if (evictor == null) {
            return new PlainFiring<>(contents, windowFunction, windowContext(), collector(), keyedState());
        }
        WindowBody folding = ((WindowBody.Keeping) body()).folding();
        return new EvictingFiring<>(
                contents,
                new Eviction<>(evictor, folding, operatorContext),
                windowFunction,
                windowContext(),
                collector(),
                keyedState());
    }

    @Override
    public void start() {
        timers.clock().wakeForNext();
    }

    @Override
    public RecordProcessor processor() {
        return specialised(MethodHandles.lookup(), TriggeredProcessor.class, parts, context(), lateRecords());
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        if (!fireEventTimeUntil(watermark)) {
            return false;
        }
        return watermark < Timestamps.END || fireAllOfClock() && fireEventTimeUntil(watermark);
    }

    private boolean fireEventTimeUntil(long watermark) throws Exception {
        while (!context().output().isFull()) {
            TimerQueue.Timer<W> timer = timers.watermarks().pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            handle(timer, true);
        }
        return false;
    }

    @Override
    public boolean advanceProcessingTime(long nowMs) throws Exception {
        boolean done = fireClockUntil(nowMs);
        if (done) {
            timers.clock().wakeForNext();
        }
        return done;
    }

    @Override
    public boolean endInput() throws Exception {
        return fireAllOfClock();
    }

    private boolean fireAllOfClock() throws Exception {
        timers.clock().setEnding(true);
        try {
            return fireClockUntil(Long.MAX_VALUE);
        } finally {
            timers.clock().setEnding(false);
        }
    }

    private boolean fireClockUntil(long timeMs) throws Exception {
        while (!context().output().isFull()) {
            TimerQueue.Timer<W> timer = timers.clock().pollUntil(timeMs);
            if (timer == null) {
                return true;
            }
            handle(timer, false);
        }
        return false;
    }

    private void handle(TimerQueue.Timer<W> timer, boolean byWatermark) throws Exception {
        keys.setCurrentKey(timer.key(), timer.keyHash());
        W window = timer.namespace();
        W held = window;
        if (merged != null) {
            MergedWindow<W> whole = merged.find(window);
            if (whole == null) {
                // Set for a window that has become part of another one.
                return;
            }
            held = whole.held();
        }
        long time = timer.timestamp();
        TriggerContext<W> context = triggers.of(window);
        TriggerResult result = byWatermark
                ? trigger.onEventTime(time, window, context)
                : trigger.onProcessingTime(time, window, context);
        parts.act(result, window, held);
        if (timers.endsWindow(time, window, byWatermark)) {
            parts.clear(window, held);
        }
    }
}
