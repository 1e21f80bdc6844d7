// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.runtime.subtask.SnapshotServices;
import io.millrace.runtime.subtask.SubtaskAssembly;
import io.millrace.runtime.subtask.VertexClasses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * One life of the process, from its start to its crash: the coordinator, the subtasks' actors, the IO threads. Nothing
 * of it acts after the crash. Confined to one simulation.
 */
final class SimulatedNode {
    private final SimulatedWorld world;
    private final Map<String, SimulatedSubtask> entities = new LinkedHashMap<>();
    private final SnapshotServices snapshots;
    private final SubtaskAssembly assembly;
    private SimulatedCoordinator coordinator;
    private boolean alive = true;

    SimulatedNode(SimulatedWorld world) {
        this.world = world;
        this.snapshots = SnapshotServices.on(world.storage().seenBy(this));
        this.assembly = new SubtaskAssembly(
                snapshots,
                world.stateBackend(),
                SimulatedWorld::loaderOf,
                new VertexClasses(world.specialisesChains()));
        this.coordinator = new SimulatedCoordinator(world, this);
    }

    void start() {
        coordinator.start();
    }

    boolean isAlive() {
        return alive;
    }

    void requireAlive() {
        if (!alive) {
            throw new SimulatedFault.Crash();
        }
    }

    void crash() {
        alive = false;
    }

    /** Has something run later, unless the node has crashed by then. */
    void schedule(long delayNanos, Runnable action) {
        world.loop().schedule(delayNanos, () -> {
            if (!alive) {
                return;
            }
            try {
                action.run();
            } catch (SimulatedFault.Crash e) {
                // The node is gone, and what was on the stack with it.
                world.loop().trace(1);
            }
        });
    }

    Executor ioExecutor() {
        return task -> schedule(world.faults().ioDelayNanos(), task);
    }

    SnapshotServices snapshots() {
        return snapshots;
    }

    SubtaskAssembly assembly() {
        return assembly;
    }

    SimulatedCoordinator coordinator() {
        return coordinator;
    }

    /** The actor of that name; begun if there is none. */
    SimulatedSubtask entity(String name) {
        SimulatedSubtask known = entities.get(name);
        if (known == null || known.hasEnded()) {
            known = new SimulatedSubtask(world, this);
            entities.put(name, known);
        }
        return known;
    }

    /** The coordinator ends alone: the subtasks hear of it and end too; another begins later. */
    void endCoordinator(long untilNextNanos) {
        SimulatedCoordinator ended = coordinator;
        ended.end();
        for (SimulatedSubtask subtask : entities.values()) {
            schedule(world.faults().messageDelayNanos(), () -> subtask.onTerminated(ended));
        }
        coordinator = new SimulatedCoordinator(world, this);
        SimulatedCoordinator next = coordinator;
        schedule(untilNextNanos, next::start);
    }

    long runningSubtasks() {
        return entities.values().stream().filter(subtask -> !subtask.hasEnded()).count();
    }
}
