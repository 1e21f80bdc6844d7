// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.OperatorContext;
import io.millrace.serialization.Codec;
import io.millrace.state.TimerQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Event-time windows of a key. Each window that holds something has one timer, at its last timestamp; when the
 * watermark reaches it the window emits its result, with that timestamp, and is gone. A record all of whose windows are
 * gone is late.
 *
 * <p>While firing has stopped at a full output, windows that are due still hold their contents, but lateness goes by
 * the watermark: they take no more records, whatever the pace of the readers behind.
 */
final class WindowOperator<W extends Window> extends KeyedOperator {
    private final WindowAssigner<Object, W> assigner;
    private final WindowBody body;
    private final @Nullable OutputTag<?> lateOutput;
    private final StateCodecs codecs;
    private final @Nullable ProcessWindowFunction<Object, Object, Object, W> windowFunction;
    private final WindowAssigner.WindowCollector<W> assigned = this::addTo;

    private WindowContents<W> contents;
    private TimerQueue<W> timers;
    // Of the record being processed.
    private Object record;
    private boolean taken;
    private boolean refused;

    @SuppressWarnings("unchecked")
    WindowOperator(
            WindowAssigner<Object, W> assigner,
            WindowBody body,
            @Nullable OutputTag<?> lateOutput,
            StateCodecs codecs) {
        super(functionsOf(body));
        this.assigner = assigner;
        this.body = body;
        this.lateOutput = lateOutput;
        this.codecs = codecs;
        this.windowFunction = (ProcessWindowFunction<Object, Object, Object, W>) body.windowFunction();
    }

    private static List<RichFunction> functionsOf(WindowBody body) {
        List<RichFunction> functions = new ArrayList<>();
        if (body instanceof WindowBody.Reducing reducing) {
            functions.add(reducing.function());
        } else if (body instanceof WindowBody.Aggregating aggregating) {
            functions.add(aggregating.function());
        }
        if (body.windowFunction() != null) {
            functions.add(body.windowFunction());
        }
        return functions;
    }

    @Override
    void openState(OperatorContext operatorContext) {
        Codec<W> windowCodec = new WindowCodec<>(assigner.windowSerializer());
        contents = contentsOf(body, operatorContext, windowCodec);
        timers = keyedState().timers("_window-timers", windowCodec);
    }

    @SuppressWarnings("unchecked")
    private WindowContents<W> contentsOf(WindowBody of, OperatorContext operatorContext, Codec<W> windowCodec) {
        if (of instanceof WindowBody.Reducing reducing) {
            return new WindowContents.Reducing<>(
                    (ReduceFunction<Object>) reducing.function(),
                    keyedState(),
                    windowCodec,
                    codecs.codecOf(operatorContext.codecs(), reducing.type()));
        }
        if (of instanceof WindowBody.Aggregating aggregating) {
            return new WindowContents.Aggregating<>(
                    (AggregateFunction<Object, Object, Object>) aggregating.function(),
                    keyedState(),
                    windowCodec,
                    codecs.codecOf(operatorContext.codecs(), aggregating.accumulatorType()));
        }
        WindowBody.Buffering buffering = (WindowBody.Buffering) of;
        return new WindowContents.Buffering<>(
                keyedState(), windowCodec, codecs.codecOf(operatorContext.codecs(), buffering.recordType()));
    }

    @Override
    public void process(Object newRecord, long timestamp) throws Exception {
        record = newRecord;
        taken = false;
        refused = false;
        assigner.assignWindows(newRecord, timestamp, assigned);
        if (refused && !taken) {
            late(newRecord, timestamp);
        }
    }

    private void addTo(W window) throws Exception {
        if (window.maxTimestamp() <= context().currentWatermark()) {
            refused = true;
            return;
        }
        taken = true;
        contents.add(window, record);
        timers.add(window.maxTimestamp(), window);
    }

    private void late(Object lateRecord, long timestamp) throws Exception {
        if (lateOutput == null) {
            context().countLateRecord();
        } else {
            context().output().emitSide(lateOutput, lateRecord, timestamp);
        }
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        return fireTimers(timers, watermark, this::fire);
    }

    private void fire(TimerQueue.Timer<W> timer) throws Exception {
        W window = timer.namespace();
        List<Object> held = contents.read(window);
        if (held.isEmpty()) {
            throw new IllegalStateException("The window " + window + " of key '" + timer.key() + "' in operator '"
                    + context().operatorName() + "' (" + context().operatorId()
                    + ") is due but holds nothing: its state is damaged. Go back to an earlier checkpoint.");
        }
        RecordCollector collector = collectorAt(window.maxTimestamp());
        if (windowFunction == null) {
            held.forEach(collector::collect);
        } else {
            windowFunction.process(timer.key(), window, held, collector);
        }
        contents.remove(window);
    }
}
