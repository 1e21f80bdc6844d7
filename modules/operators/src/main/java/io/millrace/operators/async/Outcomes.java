// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.operators.OperatorContext;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of calls on their way to the subtask. Any thread adds; the subtask takes. The first that is added since the
 * subtask took them tells it, so that many outcomes cost one message.
 */
final class Outcomes {
    /**
     * What came of an attempt: exactly one of results and error is null, unless user code gave neither.
     *
     * @param attempt of the call, from 1
     */
    record Outcome(
            AsyncCall call,
            int attempt,
            @Nullable Collection<?> results,
            @Nullable Throwable error) {}

    private final OperatorContext context;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean closed;

    Outcomes(OperatorContext context) {
        this.context = context;
    }

    void add(Outcome outcome) {
        if (closed) {
            return;
        }
        outcomes.add(outcome);
        if (told.compareAndSet(false, true)) {
            context.execute(context::goOnLater);
        }
    }

    /** The subtask begins to take: what is added from here on tells it anew. */
    void beginTaking() {
        told.set(false);
    }

    @Nullable
    Outcome poll() {
        return outcomes.poll();
    }

    /** Nobody takes any more. */
    void close() {
        closed = true;
        outcomes.clear();
    }
}
