// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * How fast everything is, and how much of it.
 *
 * @param batchSize records of a batch
 * @param credits of a channel
 * @param intervalMs between checkpoints
 * @param turnBudgetNanos of a subtask's turn
 * @param retained checkpoints that are kept
 * @param tolerableFailures checkpoints in a row that may fail
 * @param pauses probability that a source pauses after a poll
 * @param longestPauseNanos of a source
 * @param recordsAPoll most records that a source hands over at once
 * @param loopMemory records that the head of a loop holds in memory
 */
public record Tuning(
        int batchSize,
        int credits,
        int intervalMs,
        int turnBudgetNanos,
        int retained,
        int tolerableFailures,
        double pauses,
        long longestPauseNanos,
        int recordsAPoll,
        int loopMemory) {
    private static final long SHORT_PAUSE_NANOS = 20_000_000L;
    private static final int ALL_IN_MEMORY = 100_000;

    /** With memory for all that goes round in loops. */
    public Tuning(
            int batchSize,
            int credits,
            int intervalMs,
            int turnBudgetNanos,
            int retained,
            int tolerableFailures,
            double pauses,
            long longestPauseNanos,
            int recordsAPoll) {
        this(
                batchSize,
                credits,
                intervalMs,
                turnBudgetNanos,
                retained,
                tolerableFailures,
                pauses,
                longestPauseNanos,
                recordsAPoll,
                ALL_IN_MEMORY);
    }

    Tuning withoutLongPauses() {
        return new Tuning(
                batchSize,
                credits,
                intervalMs,
                turnBudgetNanos,
                retained,
                tolerableFailures,
                pauses,
                Math.min(longestPauseNanos, SHORT_PAUSE_NANOS),
                recordsAPoll,
                loopMemory);
    }
}
