// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SessionGap;
import io.millrace.api.window.TimeWindow;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.builtin.RecordCollector;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.serialization.Codec;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import io.millrace.state.RecordKeys;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Event-time sessions whose records are folded, and that fire once: what {@link TriggeredWindowOperator} does in general,
 * at about the price of windows that do not merge.
 *
 * <p>A key's sessions are one value, in order of time; most keys have one. A session that grows leaves its timer where it
 * is: when that fires too early, it is set again for the session's end. So a record that goes on with a session costs no
 * timer. Of the timers of sessions that became one, the latest counts; the others find, when they fire, that they are not
 * the session's.
 */
final class SessionWindowOperator extends WindowOperator<TimeWindow> {
    private final SessionGap<Object> gap;
    private NamespacedValueState<NoNamespace, Session> sessions;
    private TimerQueue<NoNamespace> timers;
    private SessionFold fold;
    private RecordKeys keys;

    SessionWindowOperator(
            SessionGap<Object> gap,
            VersionedSerializer<TimeWindow> serializer,
            WindowBody body,
            Lateness<?> lateness,
            StateCodecs codecs) {
        super(serializer, body, lateness, codecs);
        this.gap = gap;
    }

    @Override
    boolean windowsMerge() {
        return true;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        TypeHint<?> type = body().stateType();
        Codec<Object> values = stateCodecs().codecOf(operatorContext.codecs(), type);
        sessions = keyedState().namespacedValue("_sessions", NoNamespace.CODEC, new SessionCodec(values));
        timers = keyedState().timers("_session-timers", NoNamespace.CODEC);
        keys = keyedState().recordKeys();
        fold = createFold(operatorContext);
    }

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    private SessionFold createFold(OperatorContext operatorContext) {
        if (body() instanceof WindowBody.Reducing reducing) {
            ReduceFunction<Object> function = (ReduceFunction<Object>) reducing.function();
            return specialisedFold(operatorContext, ReducingFold.class, function);
        }
        WindowBody.Aggregating aggregating = (WindowBody.Aggregating) body();
        return specialisedFold(operatorContext, AggregatingFold.class, (AggregateFunction<Object, Object, Object>)
                aggregating.function());
    }

    private SessionFold specialisedFold(
            OperatorContext operatorContext, Class<? extends SessionFold> type, Object function) {
        return operatorContext
                .specialiser()
                .at("window")
                .create(MethodHandles.lookup(), SessionFold.class, type, function);
    }

    @Override
    public RecordProcessor processor() {
        return specialised(
                MethodHandles.lookup(), SessionProcessor.class, gap, fold, sessions, timers, context(), lateRecords());
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        while (!context().output().isFull()) {
            TimerQueue.Timer<NoNamespace> timer = timers.pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            handle(timer);
        }
        return false;
    }

    private void handle(TimerQueue.Timer<NoNamespace> timer) throws Exception {
        long time = timer.timestamp();
        Session before = null;
        Session session = sessions.get(NoNamespace.INSTANCE);
        while (session != null && session.end <= time) {
            before = session;
            session = session.next;
        }
        if (session == null || session.start > time) {
            throw new IllegalStateException("A session of key '" + timer.key() + "' in operator '"
                    + context().operatorName() + "' (" + context().operatorId() + ") is due at " + time
                    + " but is not there: its state is damaged. Go back to an earlier checkpoint.");
        }
        if (session.timer != time) {
            return;
        }
        if (session.end - 1 > time) {
            session.timer = session.end - 1;
            timers.addNew(session.timer, NoNamespace.INSTANCE);
            return;
        }
        remove(session, before);
        emit(timer.key(), session);
    }

    private void remove(Session session, @Nullable Session before) {
        if (before != null) {
            before.next = session.next;
        } else if (session.next != null) {
            sessions.put(NoNamespace.INSTANCE, session.next);
        } else {
            sessions.remove(NoNamespace.INSTANCE);
        }
    }

    private void emit(Object key, Session session) throws Exception {
        TimeWindow window = new TimeWindow(session.start, session.end);
        Object result = fold.result(session.held);
        RecordCollector collector = collectorAt(window.maxTimestamp());
        if (windowFunction == null) {
            collector.collect(result);
        } else {
            windowFunction.process(key, windowContext().of(window), Collections.singletonList(result), collector);
            windowFunction.clear(key, windowContext());
        }
    }
}
