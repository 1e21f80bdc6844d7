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
import org.jspecify.annotations.Nullable;

/**
 * What a seed makes of a simulation.
 *
 * @param job the job that runs, or null where a workload has its own
 * @param exactlyOnce otherwise at-least-once
 * @param parallelism of the job
 * @param splits splits of each source
 * @param recordsPerSplit records of each split
 * @param faults what goes wrong
 * @param faultsEndMs virtual time from which on nothing goes wrong any more
 * @param timing what makes splits wait, or be waited for
 */
record Scenario(
        @Nullable SimulatedJob job,
        boolean exactlyOnce,
        int parallelism,
        int splits,
        int recordsPerSplit,
        FaultRates faults,
        long faultsEndMs,
        Tuning tuning,
        Timing timing) {
    private static final int MAX_OVERDRAFT = 64;
    private static final long SPILL_BYTES = 1L << 20;

    /** Loops spill there what is on its way round: one for each process, as two may simulate at once. */
    private static final Path SPILL = Path.of(
            System.getProperty("java.io.tmpdir"),
            "millrace-simulation-" + ProcessHandle.current().pid());

    static Scenario of(SeededRandom random) {
        SimulatedJob job = random.pick(SimulatedJob.PICKED);
        // Only the union's output tells lost from repeated records without exactly-once state.
        boolean exactlyOnce = job != SimulatedJob.UNION || random.chance(0.6);
        Scenario scenario = new Scenario(
                job,
                exactlyOnce,
                random.between(1, 3),
                random.between(1, 4),
                random.between(5, 120),
                FaultRates.of(random),
                random.between(500L, 4_000L),
                new Tuning(
                        random.between(1, 8),
                        random.between(2, 4),
                        random.between(10, 300),
                        random.between(20_000, 1_000_000),
                        random.between(1, 3),
                        random.between(0, 3),
                        random.between(1, 6) / 10.0,
                        random.between(1_000_000L, 400_000_000L),
                        8),
                Timing.NONE);
        return scenario.with(Timing.of(random, job, scenario.splits));
    }

    /** That of a workload. */
    static Scenario of(Simulated simulated) {
        return new Scenario(
                null,
                true,
                simulated.parallelism(),
                0,
                0,
                simulated.faults(),
                simulated.faultsEndMs(),
                simulated.tuning(),
                Timing.NONE);
    }

    /** Where silence means something, splits that should speak are not kept from it for long. */
    private Scenario with(Timing newTiming) {
        FaultRates newFaults = newTiming.quiet() ? faults.punctual() : faults;
        Tuning newTuning = newTiming.quiet() ? tuning.withoutLongPauses() : tuning;
        return new Scenario(
                job, exactlyOnce, parallelism, splits, recordsPerSplit, newFaults, faultsEndMs, newTuning, newTiming);
    }

    /** The same with another job, exactly once. */
    Scenario with(SimulatedJob other) {
        return new Scenario(
                other,
                true,
                parallelism,
                splits,
                recordsPerSplit,
                faults,
                faultsEndMs,
                tuning,
                timing.withoutIdleness());
    }

    JobSettings jobSettings() {
        CheckpointSettings checkpoints =
                new CheckpointSettings(tuning.intervalMs(), 3_000, 10, tuning.tolerableFailures(), tuning.retained());
        return new JobSettings(
                checkpoints, exactlyOnce, RestartSettings.exponentialDelay(20, 1_000, 2, 5_000), 2_500, 300, true);
    }

    SubtaskSettings subtaskSettings() {
        return new SubtaskSettings(
                new ChannelSettings(tuning.credits(), tuning.batchSize(), MAX_OVERDRAFT),
                Duration.ofNanos(tuning.turnBudgetNanos()),
                Duration.ofNanos(tuning.turnBudgetNanos()),
                Duration.ofMillis(250),
                new LoopSettings(SPILL, tuning.loopMemory(), SPILL_BYTES));
    }
}
