// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

/**
 * How long something has brought no record although it could have, and whether that makes it idle. Records are not
 * watched one by one: their count is compared when time passes. Confined to one subtask.
 */
public final class QuietTime {
    private long seen;
    private long quietMs;
    private boolean idle;

    /**
     * @param idle what a checkpoint says of it
     */
    public QuietTime(boolean idle) {
        this.idle = idle;
    }

    public boolean isIdle() {
        return idle;
    }

    /**
     * Time in which a record could have come has passed.
     *
     * @param count records that have ever come
     * @param timeoutMs quiet time that makes it idle
     */
    public void pass(long count, long elapsedMs, long timeoutMs) {
        if (count != seen) {
            reset(count);
            return;
        }
        quietMs += elapsedMs;
        if (quietMs >= timeoutMs) {
            idle = true;
        }
    }

    /** Ends idleness if records have come since time passed last. */
    public void wake(long count) {
        if (count != seen) {
            reset(count);
        }
    }

    /** Begins anew, active. */
    public void reset(long count) {
        seen = count;
        quietMs = 0;
        idle = false;
    }
}
