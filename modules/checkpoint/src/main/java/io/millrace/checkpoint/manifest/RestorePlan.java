// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import io.millrace.checkpoint.manifest.JobShape.VertexShape;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.plan.KeyGroups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What each subtask of a job restores from a checkpoint.
 *
 * <p>State is never dropped or moved silently: a graph that does not have a place for all of it is refused. Vertices
 * and operators that the checkpoint does not know start empty and are named by {@link #startingEmpty}.
 *
 * <p>Pure and immutable.
 */
public final class RestorePlan {
    private final JobManifest manifest;
    private final Map<String, VertexState> states;
    private final List<String> startingEmpty;

    private RestorePlan(JobManifest manifest, Map<String, VertexState> states, List<String> startingEmpty) {
        this.manifest = manifest;
        this.states = states;
        this.startingEmpty = List.copyOf(startingEmpty);
    }

    /**
     * Decides what a job of the given shape restores.
     *
     * @throws RestoreRefusedException when the checkpoint does not fit, with all reasons
     */
    public static RestorePlan decide(JobManifest manifest, JobShape shape) {
        Map<String, VertexShape> vertices = new LinkedHashMap<>();
        shape.vertices().forEach(vertex -> vertices.put(vertex.id(), vertex));
        List<String> reasons = new ArrayList<>();
        if (manifest.maxParallelism() != shape.maxParallelism()) {
            reasons.add("max parallelism is " + shape.maxParallelism() + ", but the state is divided into "
                    + manifest.maxParallelism() + " key groups; set the max parallelism to "
                    + manifest.maxParallelism());
        }
        Map<String, VertexState> states = new LinkedHashMap<>();
        for (VertexState state : manifest.vertices()) {
            states.put(state.vertexId(), state);
            refuseUnlessPlaced(state, vertices, reasons);
        }
        if (!reasons.isEmpty()) {
            throw new RestoreRefusedException(describe(manifest), reasons);
        }
        return new RestorePlan(manifest, states, newIn(shape, states));
    }

    private static void refuseUnlessPlaced(VertexState state, Map<String, VertexShape> vertices, List<String> reasons) {
        VertexShape vertex = vertices.get(state.vertexId());
        if (vertex == null && state.operatorIds().isEmpty()) {
            return; // a vertex without state may go
        }
        for (String operatorId : state.operatorIds()) {
            if (vertex == null || !vertex.operatorIds().contains(operatorId)) {
                reasons.add(missing(operatorId, state, vertices));
            }
        }
        if (vertex != null && vertex.parallelism() != state.parallelism()) {
            reasons.add("vertex " + state.vertexId() + " has parallelism " + vertex.parallelism()
                    + ", but its state was written with " + state.parallelism()
                    + "; rescaling needs a savepoint: run with the former parallelism " + state.parallelism());
        }
    }

    private static String missing(String operatorId, VertexState state, Map<String, VertexShape> vertices) {
        for (VertexShape vertex : vertices.values()) {
            if (vertex.operatorIds().contains(operatorId)) {
                return "operator " + operatorId + " has state in vertex " + state.vertexId()
                        + ", but the job graph has it in vertex " + vertex.id()
                        + "; restore the former chaining";
            }
        }
        return "operator " + operatorId + " has state in vertex " + state.vertexId()
                + ", but the job graph has no operator with that uid; restore the operator, or drop its state with"
                + " --allow-non-restored-state (not supported yet)";
    }

    private static List<String> newIn(JobShape shape, Map<String, VertexState> states) {
        List<String> fresh = new ArrayList<>();
        for (VertexShape vertex : shape.vertices()) {
            VertexState state = states.get(vertex.id());
            vertex.operatorIds().stream()
                    .filter(id -> state == null || !state.operatorIds().contains(id))
                    .forEach(fresh::add);
        }
        return fresh;
    }

    /** The checkpoint that is restored. */
    public JobManifest manifest() {
        return manifest;
    }

    /** Operators of the job graph for which the checkpoint holds no state; those that keep none are among them. */
    public List<String> startingEmpty() {
        return startingEmpty;
    }

    /** The manifest that a subtask restores; empty for a subtask of a vertex that the checkpoint does not know. */
    public Optional<StoredFile> manifestOf(String vertexId, int subtaskIndex) {
        VertexState state = states.get(vertexId);
        return state == null ? Optional.empty() : Optional.of(state.subtasks().get(subtaskIndex));
    }

    /**
     * Checks that a manifest is the one this plan gives to a subtask, before its state is loaded: same job, checkpoint,
     * vertex and index, no operator that the job manifest does not name, and the key groups that this index owns.
     *
     * @throws CorruptSnapshotException naming the manifest and what differs
     */
    public void requireFits(String vertexId, int subtaskIndex, SubtaskManifest found) throws CorruptSnapshotException {
        Optional<StoredFile> file = manifestOf(vertexId, subtaskIndex);
        String name = file.map(StoredFile::path).orElse("of " + vertexId + "-" + subtaskIndex);
        VertexState state = states.get(vertexId);
        if (state == null) {
            throw new CorruptSnapshotException("Manifest " + name + " is not part of " + describe(manifest));
        }
        requireSame(name, "jobId", manifest.jobId(), found.jobId());
        requireSame(name, "vertexId", vertexId, found.vertexId());
        requireSame(name, "subtaskIndex", subtaskIndex, found.subtaskIndex());
        requireSame(name, "epoch", manifest.epoch(), found.epoch());
        requireSame(name, "checkpointId", manifest.checkpointId(), found.checkpointId());
        int first = KeyGroups.firstOf(subtaskIndex, manifest.maxParallelism(), state.parallelism());
        int end = KeyGroups.endOf(subtaskIndex, manifest.maxParallelism(), state.parallelism());
        for (OperatorState operator : found.operators()) {
            if (!state.operatorIds().contains(operator.operatorId())) {
                throw new CorruptSnapshotException("Manifest " + name + " has state of operator "
                        + operator.operatorId() + "; expected only that of " + state.operatorIds());
            }
            if (operator.firstKeyGroup() != operator.endKeyGroup()) {
                requireSame(name, operator.operatorId() + ".firstKeyGroup", first, operator.firstKeyGroup());
                requireSame(name, operator.operatorId() + ".endKeyGroup", end, operator.endKeyGroup());
            }
        }
    }

    private static void requireSame(String file, String field, Object expected, Object found)
            throws CorruptSnapshotException {
        if (!expected.equals(found)) {
            throw new CorruptSnapshotException("Manifest " + file + " belongs to something else: field " + field
                    + ": expected " + expected + ", found " + found);
        }
    }

    private static String describe(JobManifest manifest) {
        return manifest.kind().name().toLowerCase(Locale.ROOT) + " " + manifest.checkpointId() + " of job "
                + manifest.jobName() + " (" + manifest.jobId() + ")";
    }
}
