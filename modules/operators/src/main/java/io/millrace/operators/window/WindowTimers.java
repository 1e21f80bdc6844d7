// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.Window;
import io.millrace.operators.OperatorContext;
import io.millrace.state.TimerQueue;

/** The timers of windows in both times, and when a window is over. Confined to the subtask. */
final class WindowTimers<W extends Window> {
    private final boolean eventTime;
    private final long allowedMs;
    private final TimerQueue<W> watermarks;
    private final ClockTimers<W> clock;
    private final OperatorContext context;

    /**
     * @param eventTime true when windows end by event time
     * @param allowedMs for how long after that late records update them
     */
    WindowTimers(
            boolean eventTime,
            long allowedMs,
            TimerQueue<W> watermarks,
            ClockTimers<W> clock,
            OperatorContext context) {
        this.eventTime = eventTime;
        this.allowedMs = allowedMs;
        this.watermarks = watermarks;
        this.clock = clock;
        this.context = context;
    }

    TimerQueue<W> watermarks() {
        return watermarks;
    }

    ClockTimers<W> clock() {
        return clock;
    }

    /** When a window is thrown away; {@link Long#MAX_VALUE} for never. */
    long cleanupTime(W window) {
        long last = window.maxTimestamp();
        if (!eventTime) {
            return last;
        }
        return last > Long.MAX_VALUE - allowedMs ? Long.MAX_VALUE : last + allowedMs;
    }

    boolean isLate(W window) {
        return eventTime && cleanupTime(window) <= context.currentWatermark();
    }

    /** True when a timer that fired says that the window is over. */
    boolean endsWindow(long timestamp, W window, boolean byWatermark) {
        return byWatermark == eventTime && timestamp == cleanupTime(window);
    }

    void setCleanup(W window) {
        long time = cleanupTime(window);
        if (time == Long.MAX_VALUE) {
            return;
        }
        if (eventTime) {
            watermarks.add(time, window);
        } else {
            clock.add(time, window);
        }
    }

    void deleteCleanup(W window) {
        long time = cleanupTime(window);
        if (time == Long.MAX_VALUE) {
            return;
        }
        if (eventTime) {
            watermarks.remove(time, window);
        } else {
            clock.remove(time, window);
        }
    }
}
