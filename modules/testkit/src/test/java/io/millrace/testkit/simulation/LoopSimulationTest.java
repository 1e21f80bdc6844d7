// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Loops of all shapes. Fresh seeds each time; {@code -Dsimulation.seeds=N} runs another number of them, and
 * {@code -Dsimulation.seed=S} repeats one.
 */
class LoopSimulationTest {
    private static final String SEED = "simulation.seed";
    private static final int DEFAULT_SEEDS = 300;

    /** A planted bug must be found within this many seeds. */
    private static final int TRIES = 400;

    @Test
    void freshSeedsHold() {
        boolean repeat = System.getProperty(SEED) != null;
        long first = Long.getLong(SEED, System.currentTimeMillis() * 10_000);
        int seeds = repeat ? 1 : Integer.getInteger("simulation.seeds", DEFAULT_SEEDS);
        System.out.println("Simulating loops by " + seeds + " seeds from " + first + ".");
        long began = System.nanoTime();
        long faults = 0;
        long epochs = 0;
        long events = 0;
        long checkpoints = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            SimulationResult result = LoopSimulation.run(seed);
            assertThat(result.failed()).as(describe(result)).isFalse();
            faults += result.faults();
            epochs += result.epochs();
            checkpoints += result.checkpoints();
            events += result.events();
        }
        System.out.println("All held, in "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms: " + events + " actions, " + faults
                + " faults, " + epochs
                + " epochs, " + checkpoints + " checkpoints.");
        // A simulation in which nothing goes wrong, or nothing is checkpointed, shows nothing.
        if (!repeat) {
            assertThat(faults).isGreaterThan(seeds);
            assertThat(epochs).isGreaterThan(seeds);
            assertThat(checkpoints).isGreaterThan(seeds);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aSeedAlwaysRunsTheSameWay(long seed) {
        SimulationResult first = LoopSimulation.run(seed);
        SimulationResult second = LoopSimulation.run(seed);
        assertThat(second.traceHash()).isEqualTo(first.traceHash());
        assertThat(second.log()).isEqualTo(first.log());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void plantedBugsAreFound(LoopBug bug) {
        for (long seed = 1; seed <= TRIES; seed++) {
            SimulationResult result = LoopSimulation.run(seed, bug);
            if (result.failed()) {
                System.out.println(bug + " was found at seed " + seed + ": "
                        + String.valueOf(result.violation()).lines().findFirst().orElse(""));
                assertThat(result.violation()).containsPattern(symptomOf(bug));
                return;
            }
        }
        throw new AssertionError(bug + " was not found by " + TRIES + " seeds: the simulation has lost its teeth");
    }

    @Test
    void feedbackHoldsNoWatermarkBack() {
        assertThat(LoopSimulation.timersBeforeTheEnd(1, 40)).isPositive();
    }

    private static String symptomOf(LoopBug bug) {
        return switch (bug) {
            case NONE -> "";
            case LOG_DROPPED, LOG_CLOSED_EARLY -> "the output of sink .* is wrong";
            case HEADS_JUDGE_ALONE -> "nothing should have failed";
        };
    }

    private static String describe(SimulationResult result) {
        return result.describe().replace("SimulationTest", "LoopSimulationTest");
    }
}
