// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import org.jspecify.annotations.Nullable;

/**
 * What came of a seed.
 *
 * @param violation which invariant was violated and how, or null
 * @param log what happened, for people
 * @param traceHash the same for two runs of one seed
 * @param events actions that ran
 * @param faults things that went wrong
 * @param epochs incarnations of the job
 * @param checkpoints completed checkpoints
 * @param withdrawn transactions that were withdrawn because the job fell back
 * @param idle batches that told that a channel was idle
 * @param pauses how often splits were paused or resumed
 */
public record SimulationResult(
        long seed,
        @Nullable String violation,
        String log,
        long traceHash,
        long events,
        int faults,
        long epochs,
        long checkpoints,
        int withdrawn,
        int idle,
        int pauses) {
    public boolean failed() {
        return violation != null;
    }

    /** What failed, and the command that repeats it. */
    public String describe() {
        return "seed " + seed + (violation == null ? " passed" : " failed: " + violation) + System.lineSeparator()
                + "replay: mvn -q -pl modules/testkit -am test -Dtest=SimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed
                + System.lineSeparator() + log;
    }
}
