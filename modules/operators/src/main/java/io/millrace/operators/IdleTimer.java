// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import java.time.Duration;

/**
 * Says every now and then how much processing time has passed, for what becomes idle by it. Confined to one subtask.
 */
public final class IdleTimer {
    /** Looks at the clock while a timeout passes. */
    private static final int LOOKS = 4;

    /** Takes the time that has passed. */
    @FunctionalInterface
    public interface Listener {
        void passed(long elapsedMs, long timeoutMs) throws Exception;
    }

    private final OperatorContext context;
    private final Listener listener;
    private final long timeoutMs;
    private final long periodMs;
    private long lastMs;

    private IdleTimer(OperatorContext context, Duration timeout, Listener listener) {
        this.context = context;
        this.listener = listener;
        this.timeoutMs = timeout.toMillis();
        this.periodMs = Math.max(1, timeoutMs / LOOKS);
    }

    /** Begins to count; ends with the epoch. */
    public static void start(OperatorContext context, Duration timeout, Listener listener) {
        IdleTimer timer = new IdleTimer(context, timeout, listener);
        timer.lastMs = context.clock().millis();
        timer.schedule();
    }

    private void schedule() {
        context.schedule(Duration.ofMillis(periodMs), this::look);
    }

    private void look() throws Exception {
        long now = context.clock().millis();
        // A clock that jumps, or a process that was stopped, makes nobody idle.
        long elapsed = Math.max(0, Math.min(now - lastMs, 2 * periodMs));
        lastMs = now;
        listener.passed(elapsed, timeoutMs);
        schedule();
    }
}
