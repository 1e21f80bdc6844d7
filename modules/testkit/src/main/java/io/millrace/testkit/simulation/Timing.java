// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;

/**
 * What a seed makes of idleness and alignment.
 *
 * @param quiet whether the first split falls silent early on, until windows of the others have come out
 * @param idleMs silence after which a split is idle, or 0: never
 * @param driftMs how far splits may be ahead of the lowest, or negative: as far as they like
 * @param updateMs how often sources tell where they are
 * @param pausesSplits whether readers can pause single splits
 * @param erratic whether generators now and then take back what they have said
 */
record Timing(boolean quiet, int idleMs, int driftMs, int updateMs, boolean pausesSplits, boolean erratic) {
    /** Nobody waits. */
    static final Timing NONE = new Timing(false, 0, -1, 1, false, false);

    private static final Duration DISORDER = Duration.ofMillis(SimulatedWorld.DISORDER_MS);

    /** Chance of its own, so that seeds from before mean what they did. */
    static Timing of(SeededRandom random, SimulatedJob job, int splits) {
        SeededRandom own = new SeededRandom(~random.seed());
        boolean quiet = job == SimulatedJob.WINDOW && splits > 1 && own.chance(0.4);
        // Where nothing depends on watermarks, splits may be idle all the time.
        boolean idles = job == SimulatedJob.UNION && own.chance(0.5);
        return new Timing(
                quiet,
                quiet ? own.between(600, 2_000) : idles ? own.between(1, 300) : 0,
                own.chance(0.5) ? own.between(0, 400) : -1,
                own.between(5, 300),
                own.chance(0.5),
                own.chance(0.3));
    }

    Timing withoutIdleness() {
        return new Timing(false, 0, driftMs, updateMs, pausesSplits, erratic);
    }

    WatermarkStrategy<SimulatedRecord> strategy() {
        WatermarkStrategy<SimulatedRecord> bounded = WatermarkStrategy.forBoundedOutOfOrderness(DISORDER);
        WatermarkStrategy<SimulatedRecord> strategy = erratic
                ? WatermarkStrategy.forGenerator(() -> new ErraticGenerator(bounded.createGenerator()))
                : bounded;
        if (idleMs > 0) {
            strategy = strategy.withIdleness(Duration.ofMillis(idleMs));
        }
        if (driftMs >= 0) {
            strategy = strategy.withWatermarkAlignment("all", Duration.ofMillis(driftMs), Duration.ofMillis(updateMs));
        }
        return strategy;
    }
}
