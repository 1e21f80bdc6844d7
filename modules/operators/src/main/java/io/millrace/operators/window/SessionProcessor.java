// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.SessionGap;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;
import org.jspecify.annotations.Nullable;

/** Adds records to the sessions of their key; see {@link SessionWindowOperator}. */
final class SessionProcessor implements RecordProcessor {
    private final SessionGap<Object> gap;
    private final SessionFold fold;
    private final NamespacedValueState<NoNamespace, Session> sessions;
    private final TimerQueue<NoNamespace> timers;
    private final OperatorContext context;
    private final LateRecords late;

    SessionProcessor(
            SessionGap<Object> gap,
            SessionFold fold,
            NamespacedValueState<NoNamespace, Session> sessions,
            TimerQueue<NoNamespace> timers,
            OperatorContext context,
            LateRecords late) {
        this.gap = gap;
        this.fold = fold;
        this.sessions = sessions;
        this.timers = timers;
        this.context = context;
        this.late = late;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        long end = gap.endOf(record, timestamp);
        Session before = null;
        Session session = sessions.get(NoNamespace.INSTANCE);
        while (session != null && session.end < timestamp) {
            before = session;
            session = session.next;
        }
        if (session == null || session.start > end) {
            begin(record, timestamp, end, before, session);
            return;
        }
        if (timestamp < session.start) {
            session.start = timestamp;
        }
        if (end > session.end) {
            session.end = end;
        }
        if (session.next != null && session.next.start <= session.end) {
            takeIn(session);
        }
        session.held = fold.add(session.held, record);
    }

    /** Begins a session between two others, unless it would be over already. */
    private void begin(Object record, long start, long end, @Nullable Session before, @Nullable Session after)
            throws Exception {
        if (end - 1 <= context.currentWatermark()) {
            late.take(record, start);
            return;
        }
        Session session = new Session(start, end, end - 1, fold.first(record), after);
        timers.addNew(end - 1, NoNamespace.INSTANCE);
        if (before == null) {
            sessions.put(NoNamespace.INSTANCE, session);
        } else {
            before.next = session;
        }
    }

    /** Joins a session that has grown with those that it reaches now. The latest of their timers is that of the whole. */
    private void takeIn(Session session) throws Exception {
        for (Session next = session.next; next != null && next.start <= session.end; next = next.next) {
            session.held = fold.merge(session.held, next.held);
            session.end = Math.max(session.end, next.end);
            session.timer = Math.max(session.timer, next.timer);
            session.next = next.next;
        }
    }
}
