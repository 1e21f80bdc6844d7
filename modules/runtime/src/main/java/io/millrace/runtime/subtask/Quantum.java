// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

/**
 * How many records a subtask works on between two looks at the clock: many where records are cheap, so that looking
 * costs nothing, and few where user code is slow, so that a turn ends in time. Confined to one subtask.
 */
final class Quantum {
    static final int FIRST = 64;
    static final int MOST = 1024;
    private static final long SHORT_NANOS = 25_000;
    private static final long LONG_NANOS = 100_000;

    private int records = FIRST;
    private int worked;

    int records() {
        return records;
    }

    /** Something that is no work on records begins. */
    void begin() {
        worked = 0;
    }

    /**
     * Tells what was worked on.
     *
     * @param done how many records it were; fewer than asked for where a batch was at its end
     */
    void worked(int done) {
        worked = done;
    }

    /** Learns from how long it took. */
    void took(long nanos) {
        if (worked == 0) {
            return;
        }
        if (nanos > LONG_NANOS) {
            // In proportion: the very next piece of such records is to keep to a turn.
            records = (int) Math.max(1, Math.min(worked, records) * LONG_NANOS / nanos);
        } else if (nanos < SHORT_NANOS && worked >= records) {
            records = Math.min(MOST, records << 1);
        }
    }
}
