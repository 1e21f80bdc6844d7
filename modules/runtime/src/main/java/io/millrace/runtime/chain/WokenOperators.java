// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.api.time.Timestamps;
import java.util.Arrays;

/** The operators of a chain that the clock has woken and that have not handled it yet. Confined to the subtask. */
final class WokenOperators {
    /** What the clock said when an operator was woken, or {@link Timestamps#NONE}. */
    private final long[] times;

    private int awake;
    private boolean asleep;

    WokenOperators(int operators) {
        this.times = new long[operators];
        Arrays.fill(times, Timestamps.NONE);
    }

    /** True when there are some, unless they are to sleep on. */
    boolean any() {
        return awake > 0 && !asleep;
    }

    void setAsleep(boolean asleep) {
        this.asleep = asleep;
    }

    /** Wakes an operator; one that has not handled an earlier time handles that. */
    void wake(int operator, long nowMs) {
        if (times[operator] == Timestamps.NONE) {
            awake++;
            times[operator] = nowMs;
        }
    }

    /** When an operator was woken, or {@link Timestamps#NONE}. */
    long timeOf(int operator) {
        return times[operator];
    }

    void handled(int operator) {
        times[operator] = Timestamps.NONE;
        awake--;
    }
}
