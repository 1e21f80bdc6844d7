// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fresh seeds each time; {@code -Dsimulation.seeds=N} runs another number of them, and
 * {@code -Dsimulation.seed=S} repeats one.
 */
class SimulationTest {
    private static final String SEED = "simulation.seed";
    private static final int DEFAULT_SEEDS = 500;

    private static final int PARTITIONING_SEEDS = 60;

    /** A planted bug must be found within this many seeds. */
    private static final int TRIES = 400;

    @Test
    void freshSeedsHold() {
        boolean repeat = System.getProperty(SEED) != null;
        long first = Long.getLong(SEED, System.currentTimeMillis() * 10_000);
        int seeds = repeat ? 1 : Integer.getInteger("simulation.seeds", DEFAULT_SEEDS);
        System.out.println("Simulating " + seeds + " seeds from " + first + ".");
        long began = System.nanoTime();
        Totals totals = new Totals();
        for (long seed = first; seed < first + seeds; seed++) {
            SimulationResult result = SimulationRunner.run(seed);
            assertThat(result.failed()).as(result.describe()).isFalse();
            totals.add(result);
        }
        System.out.println(
                "All held, in " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms: " + totals);
        // A simulation in which nothing goes wrong, or nothing is checkpointed, shows nothing.
        if (!repeat) {
            assertThat(totals.faults).isGreaterThan(seeds);
            assertThat(totals.epochs).isGreaterThan(seeds);
            assertThat(totals.checkpoints).isGreaterThan(seeds);
            assertThat(totals.idle).isGreaterThan(seeds / 10);
            assertThat(totals.pauses).isGreaterThan(seeds);
        }
    }

    /** Records that are spread in every way, with crashes and without, with specialised chains and without. */
    @Test
    void everyPartitioningHolds() {
        boolean repeat = System.getProperty(SEED) != null;
        long first = Long.getLong(SEED, System.currentTimeMillis() * 10_000);
        Totals totals = new Totals();
        for (long seed = first; seed < first + (repeat ? 1 : PARTITIONING_SEEDS); seed++) {
            SimulationResult result = SimulationRunner.run(seed, SimulatedJob.SPREAD);
            assertThat(result.failed()).as(result.describe()).isFalse();
            totals.add(result);
        }
        assertThat(repeat || totals.epochs > PARTITIONING_SEEDS && totals.checkpoints > PARTITIONING_SEEDS)
                .as(totals.toString())
                .isTrue();
    }

    /** Each found a bug once. */
    @ParameterizedTest
    @ValueSource(longs = {13, 17, 19, 39, 55, 127, 165, 1684})
    void seedsThatFoundBugsHold(long seed) {
        SimulationResult result = SimulationRunner.run(seed);
        assertThat(result.failed()).as(result.describe()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSeedAlwaysRunsTheSameWay(long seed) {
        SimulationResult first = SimulationRunner.run(seed);
        SimulationResult second = SimulationRunner.run(seed);
        assertThat(second.traceHash()).isEqualTo(first.traceHash());
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.log()).isEqualTo(first.log());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "TIMERS_NOT_RESTORED", "SLICES_FORGOTTEN"})
    void plantedBugsAreFound(PlantedBug bug) {
        for (long seed = 1; seed <= TRIES; seed++) {
            SimulationResult result = SimulationRunner.run(seed, bug);
            if (result.failed()) {
                System.out.println(bug + " was found at seed " + seed + ": " + firstLine(result));
                assertThat(result.violation()).containsPattern(symptomOf(bug));
                return;
            }
        }
        throw new AssertionError(bug + " was not found by " + TRIES + " seeds: the simulation has lost its teeth");
    }

    private static String firstLine(SimulationResult result) {
        return String.valueOf(result.violation()).lines().findFirst().orElse("");
    }

    private static String symptomOf(PlantedBug bug) {
        return switch (bug) {
            case NONE, TIMERS_NOT_RESTORED, SLICES_FORGOTTEN -> "";
            case ACKNOWLEDGED_BEFORE_DURABLE -> "is journalled but cannot be restored";
            case EFFECTS_BEFORE_JOURNAL -> "no journalled checkpoint covers|was deleted, which checkpoint";
            case EPOCH_NOT_CHECKED -> "brought element|more than|mailbox|output of sink|did not finish";
            case NOT_ALIGNED -> "the output of sink .* is wrong|fired twice";
            case IDLENESS_NOT_TOLD, GROUP_HELD_FOR_EVER -> "did not finish in time";
            case WATERMARKS_NOT_KEPT -> "fired twice|the output of sink .* is wrong";
        };
    }

    private static final class Totals {
        private long events;
        private long faults;
        private long epochs;
        private long checkpoints;
        private long withdrawn;
        private long idle;
        private long pauses;

        private void add(SimulationResult result) {
            events += result.events();
            faults += result.faults();
            epochs += result.epochs();
            checkpoints += result.checkpoints();
            withdrawn += result.withdrawn();
            idle += result.idle();
            pauses += result.pauses();
        }

        @Override
        public String toString() {
            return events + " actions, " + faults + " faults, " + epochs + " epochs, " + checkpoints + " checkpoints, "
                    + withdrawn + " transactions withdrawn after damage, " + idle + " batches of idle channels, "
                    + pauses + " times paused or resumed.";
        }
    }
}
