// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.operators.OperatorContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When to stop waiting for answers. All records have the same time, so they are due in the order in which they were asked
 * about: one timer is enough, set for the first of them. Confined to the subtask.
 */
final class Deadlines {
    /** A timer for longer than that is set anew on the way: schedulers do not look ahead without end. */
    private static final long LONGEST_TIMER_MS = Duration.ofHours(1).toMillis();

    private final OperatorContext context;
    private final Duration timeout;
    private final Set<AsyncCall> calls = new LinkedHashSet<>();
    private boolean timerSet;

    Deadlines(OperatorContext context, Duration timeout) {
        this.context = context;
        this.timeout = timeout;
    }

    void add(AsyncCall call) {
        long now = context.clock().millis();
        call.setDeadlineMs(now + timeout.toMillis());
        calls.add(call);
        setTimer();
    }

    void remove(AsyncCall call) {
        calls.remove(call);
    }

    private void setTimer() {
        if (!timerSet && !calls.isEmpty()) {
            timerSet = true;
            long left = calls.iterator().next().deadlineMs() - context.clock().millis();
            context.schedule(Duration.ofMillis(Math.max(1, Math.min(left, LONGEST_TIMER_MS))), () -> {
                timerSet = false;
                context.goOnLater();
            });
        }
    }

    /** Takes a record whose time is up out, or answers null and has the operator called for the next. */
    @Nullable
    AsyncCall pollOverdue() {
        Iterator<AsyncCall> first = calls.iterator();
        if (first.hasNext()) {
            AsyncCall call = first.next();
            if (call.deadlineMs() <= context.clock().millis()) {
                first.remove();
                return call;
            }
        }
        setTimer();
        return null;
    }
}
