// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.checkpoint.coordination.CheckpointSettings;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.job.JobSettings;
import io.millrace.runtime.job.RestartSettings;
import io.millrace.runtime.loop.LoopSettings;
import io.millrace.runtime.subtask.SubtaskSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a seed makes of a simulation.
 *
 * @param exactlyOnce otherwise at-least-once
 * @param parallelism of the job
 * @param specialised whether chains run classes of their own
 * @param faults what goes wrong
 * @param faultsEndMs virtual time from which on nothing goes wrong any more
 */
public record Scenario(
        boolean exactlyOnce, int parallelism, boolean specialised, FaultRates faults, long faultsEndMs, Tuning tuning) {
    /**
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
    }

    /** Records, and batches at least. */
    private static final int MAX_OVERDRAFT = 1_024;

    private static final int MIN_OVERDRAFT = 64;
    private static final long SPILL_BYTES = 1L << 20;

    /** Loops spill there what is on its way round: one for each process, as two may simulate at once. */
    private static final Path SPILL = Path.of(
            System.getProperty("java.io.tmpdir"),
            "millrace-simulation-" + ProcessHandle.current().pid());

    JobSettings jobSettings() {
        CheckpointSettings checkpoints =
                new CheckpointSettings(tuning.intervalMs, 3_000, 10, tuning.tolerableFailures, tuning.retained);
        return new JobSettings(
                checkpoints, exactlyOnce, RestartSettings.exponentialDelay(20, 1_000, 2, 5_000), 2_500, 300, true);
    }

    SubtaskSettings subtaskSettings() {
        return new SubtaskSettings(
                new ChannelSettings(
                        tuning.credits, tuning.batchSize, Math.max(MIN_OVERDRAFT, MAX_OVERDRAFT / tuning.batchSize)),
                Duration.ofNanos(tuning.turnBudgetNanos),
                Duration.ofNanos(tuning.turnBudgetNanos),
                Duration.ofMillis(250),
                new LoopSettings(SPILL, tuning.loopMemory, SPILL_BYTES));
    }
}
