// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** Simulations of feedback loops, one seed each. Thread-safe; a simulation runs on the thread that calls. */
public final class LoopSimulation {
    private LoopSimulation() {}

    /** Runs a seed. */
    public static SimulationResult run(long seed) {
        return run(seed, LoopBug.NONE);
    }

    /** Runs a seed with a bug put in. */
    public static SimulationResult run(long seed, LoopBug bug) {
        return SimulationRunner.run(seed, PlantedBug.NONE, LoopWorkload.draw(new SeededRandom(seed), bug));
    }

    /**
     * Runs several seeds, and counts the timers of event time that fired in loops before the end of the input. Whether
     * one does in a single run is a matter of chance; that none ever does means that watermarks stand still.
     */
    public static long timersBeforeTheEnd(long firstSeed, int seeds) {
        List<LoopWorkload> workloads = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            Simulated drawn = LoopWorkload.draw(new SeededRandom(seed), LoopBug.NONE);
            workloads.add((LoopWorkload) drawn.workload());
            SimulationRunner.run(seed, PlantedBug.NONE, drawn);
        }
        return workloads.stream().mapToLong(LoopWorkload::earlyTimers).sum();
    }
}
