// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/** Simulations of feedback loops, one seed each. Thread-safe; a simulation runs on the thread that calls. */
public final class LoopSimulation {
    private LoopSimulation() {}

    /** Runs a seed. */
    public static SimulationResult run(long seed) {
        return run(seed, LoopBug.NONE);
    }

    /** Runs a seed with a bug put in. */
    public static SimulationResult run(long seed, LoopBug bug) {
        return SimulationRunner.run(seed, PlantedBug.NONE, random -> LoopWorkload.draw(random, bug));
    }
}
