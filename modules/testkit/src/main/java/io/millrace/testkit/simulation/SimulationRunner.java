// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.runtime.job.JobEvent;
import java.util.concurrent.TimeUnit;

/** Runs simulations, one seed each. Thread-safe; a simulation runs on the thread that calls. */
public final class SimulationRunner {
    /** Virtual time in which a job must finish once nothing goes wrong any more. */
    private static final long LIVENESS_MS = 120_000;

    /** Virtual time for which the world is watched after the job has ended. */
    private static final long AFTERWARDS_MS = 3_000;

    private static final long MOST_EVENTS = 3_000_000;

    private SimulationRunner() {}

    /** Runs a seed. */
    public static SimulationResult run(long seed) {
        return run(seed, PlantedBug.NONE);
    }

    /** Runs a seed with a bug put in. */
    public static SimulationResult run(long seed, PlantedBug bug) {
        return run(new SimulatedWorld(seed, bug, (SimulatedJob) null), seed);
    }

    /** Runs a seed with a job of the caller's choice. */
    static SimulationResult run(long seed, SimulatedJob job) {
        return run(new SimulatedWorld(seed, PlantedBug.NONE, job), seed);
    }

    /** Runs a workload. */
    public static SimulationResult run(long seed, PlantedBug bug, Simulated simulated) {
        return run(new SimulatedWorld(seed, bug, simulated), seed);
    }

    private static SimulationResult run(SimulatedWorld world, long seed) {
        world.say(world.scenario().toString());
        if (world.workload() != null) {
            world.say(world.workload().toString());
        }
        world.open();
        try {
            long deadline = TimeUnit.MILLISECONDS.toNanos(world.scenario().faultsEndMs() + LIVENESS_MS);
            while (goesOn(world, deadline) && world.journal().record().endStatus() == null) {
                world.loop().runNext();
            }
            if (world.journal().record().endStatus() != null) {
                long end = world.loop().nowNanos() + TimeUnit.MILLISECONDS.toNanos(AFTERWARDS_MS);
                while (goesOn(world, end) && world.loop().runNext()) {
                    continue;
                }
            }
            if (world.invariants().violation() == null) {
                world.invariants().atTheEnd();
            }
            return result(seed, world);
        } finally {
            world.close();
        }
    }

    private static boolean goesOn(SimulatedWorld world, long deadlineNanos) {
        if (world.loop().executed() > MOST_EVENTS) {
            world.invariants().violated("more than " + MOST_EVENTS + " actions: something spins");
        }
        return world.loop().nowNanos() < deadlineNanos && world.invariants().violation() == null;
    }

    private static SimulationResult result(long seed, SimulatedWorld world) {
        long checkpoints = world.journal().events().stream()
                .filter(event -> event instanceof JobEvent.CheckpointCompleted)
                .count();
        return new SimulationResult(
                seed,
                world.invariants().violation(),
                world.said(),
                world.loop().traceHash(),
                world.loop().executed(),
                world.faults().caused(),
                world.journal().record().epoch(),
                checkpoints,
                world.invariants().withdrawn(),
                world.happened("idle"),
                world.happened("pause"));
    }
}
