// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.operators.OperatorContext;
import io.millrace.state.TimerQueue;
import org.jspecify.annotations.Nullable;

/** The processing-time timers of windows: has the operator woken for them. Confined to the subtask. */
final class ClockTimers<W> {
    /** The clock is asked again at least so often: what lies further ahead may be anything. */
    private static final long LONGEST_SLEEP_MS = 86_400_000;

    private final TimerQueue<W> queue;
    private final OperatorContext context;
    private boolean ending;

    ClockTimers(TimerQueue<W> queue, OperatorContext context) {
        this.queue = queue;
        this.context = context;
    }

    void add(long timeMs, W window) {
        if (!ending) {
            queue.add(timeMs, window);
            wakeAt(timeMs);
        }
    }

    void remove(long timeMs, W window) {
        queue.remove(timeMs, window);
    }

    TimerQueue.@Nullable Timer<W> pollUntil(long timeMs) {
        return queue.pollUntil(timeMs);
    }

    /** To be called once the operator runs, and when nothing due is left. */
    void wakeForNext() {
        if (queue.size() > 0) {
            wakeAt(queue.firstTimestamp());
        }
    }

    /** While the timers that are left fire at the end of the input, nothing new is waited for. */
    void setEnding(boolean ends) {
        ending = ends;
    }

    private void wakeAt(long timeMs) {
        context.wakeAt(Math.min(timeMs, context.clock().millis() + LONGEST_SLEEP_MS));
    }
}
