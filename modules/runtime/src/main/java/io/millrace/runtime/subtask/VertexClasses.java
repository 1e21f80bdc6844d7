// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.specialisation.SpecialisedClasses;
import java.util.HashMap;
import java.util.Map;

/**
 * The specialised classes of the vertices whose subtasks run on this node: one set a vertex, which its subtasks share
 * and which lasts as long as one of them is here, through all its epochs. Thread-safe.
 */
public final class VertexClasses {
    private record VertexOfJob(String jobId, String vertexId) {}

    private static final class Shared {
        private final SpecialisedClasses classes = SpecialisedClasses.create();
        private int leases;
    }

    private final boolean specialise;
    // Guarded by itself.
    private final Map<VertexOfJob, Shared> sets = new HashMap<>();

    /**
     * @param specialise false to run ordinary classes
     */
    public VertexClasses(boolean specialise) {
        this.specialise = specialise;
    }

    /** The classes of a vertex, for a subtask that has begun. */
    Lease lease(String jobId, String vertexId) {
        if (!specialise) {
            return new Lease(SpecialisedClasses.none(), () -> {});
        }
        VertexOfJob vertex = new VertexOfJob(jobId, vertexId);
        synchronized (sets) {
            Shared shared = sets.computeIfAbsent(vertex, absent -> new Shared());
            shared.leases++;
            return new Lease(shared.classes, () -> giveBack(vertex));
        }
    }

    private void giveBack(VertexOfJob vertex) {
        synchronized (sets) {
            Shared shared = sets.get(vertex);
            if (shared != null && --shared.leases == 0) {
                sets.remove(vertex);
            }
        }
    }

    /** Number of vertices whose classes are kept. */
    public int size() {
        synchronized (sets) {
            return sets.size();
        }
    }

    /** A subtask's hold on its vertex' classes. Confined to the subtask. */
    static final class Lease implements AutoCloseable {
        private final SpecialisedClasses classes;
        private Runnable onClose;

        private Lease(SpecialisedClasses classes, Runnable onClose) {
            this.classes = classes;
            this.onClose = onClose;
        }

        SpecialisedClasses classes() {
            return classes;
        }

        @Override
        public void close() {
            onClose.run();
            onClose = () -> {};
        }
    }
}
