// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.ManifestStore;
import io.millrace.checkpoint.manifest.OperatorState;
import io.millrace.checkpoint.manifest.SubtaskManifest;
import io.millrace.checkpoint.manifest.VertexState;
import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.job.JobEvent;
import io.millrace.runtime.job.JobRecord;
import io.millrace.testkit.simulation.TransactionLog.TransactionId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold at any time and in the end. The first violation ends the simulation. */
final class Invariants {
    private static final int MOST_DIFFERENCES = 5;

    private final SimulatedWorld world;
    private @Nullable String violation;
    private int withdrawn;

    Invariants(SimulatedWorld world) {
        this.world = world;
    }

    @Nullable
    String violation() {
        return violation;
    }

    void violated(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    void violated(String what, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        violated(what + System.lineSeparator() + trace);
    }

    // --- continuously

    void onJournalled(JobRecord before, JobEvent event) {
        if (event instanceof JobEvent.EpochClaimed claimed && claimed.epoch() <= before.epoch()) {
            violated("epochs must grow: " + claimed.epoch() + " was claimed after " + before.epoch());
        } else if (event instanceof JobEvent.CheckpointCompleted completed) {
            CompletedCheckpoint checkpoint = completed.checkpoint();
            if (checkpoint.id() <= before.lastCheckpointId()) {
                violated("checkpoint ids must grow: " + checkpoint.id() + " completed after "
                        + before.lastCheckpointId());
            }
            if (checkpoint.epoch() != before.epoch()) {
                violated("checkpoint " + checkpoint.id() + " of epoch " + checkpoint.epoch()
                        + " was completed in epoch " + before.epoch());
            }
            requireRestorable(checkpoint);
        } else if (event instanceof JobEvent.JobEnded ended && ended.status() != JobStatus.FINISHED) {
            violated("the job ended as " + ended.status() + ": " + ended.reason());
        }
    }

    void onCommitted(TransactionId id) {
        if (!world.journal().covers(id.epoch(), id.checkpointId())) {
            violated("the sink committed " + id + ", which no journalled checkpoint covers");
        }
    }

    void onWithdrawn(TransactionId id) {
        withdrawn++;
        if (!world.storage().hasDamage()) {
            violated("the job fell back behind " + id + ", which was committed, though nothing was damaged");
        }
    }

    int withdrawn() {
        return withdrawn;
    }

    void onDelete(String path) {
        for (CompletedCheckpoint checkpoint : world.journal().record().checkpoints()) {
            if (filesOf(checkpoint).contains(path)) {
                violated("the file " + path + " was deleted, which checkpoint " + checkpoint.id() + " needs");
            }
        }
    }

    private Set<String> filesOf(CompletedCheckpoint checkpoint) {
        try {
            return new ManifestStore(world.storage().asItIs()).referencedPaths(checkpoint.manifest());
        } catch (IOException e) {
            return Set.of(checkpoint.manifest().path());
        }
    }

    /** All files are there, and are what was written, but for those that the world has damaged. */
    void requireRestorable(CompletedCheckpoint checkpoint) {
        Set<StoredFile> files = new HashSet<>();
        files.add(checkpoint.manifest());
        try {
            ManifestStore manifests = new ManifestStore(world.storage().asItIs());
            JobManifest job = manifests.readJob(checkpoint.manifest());
            for (VertexState vertex : job.vertices()) {
                for (StoredFile subtask : vertex.subtasks()) {
                    files.add(subtask);
                    if (!world.storage().isDamaged(subtask.path())) {
                        addFiles(manifests.readSubtask(subtask), files);
                    }
                }
            }
        } catch (IOException e) {
            if (!world.storage().isDamaged(checkpoint.manifest().path())) {
                violated("checkpoint " + checkpoint.id() + " is journalled but cannot be restored", e);
                return;
            }
        }
        files.forEach(file -> requireIntact(checkpoint, file));
    }

    private static void addFiles(SubtaskManifest manifest, Set<StoredFile> files) {
        for (OperatorState operator : manifest.operators()) {
            files.addAll(operator.runs());
            files.addAll(operator.parts().values());
        }
    }

    private void requireIntact(CompletedCheckpoint checkpoint, StoredFile file) {
        SnapshotStorage storage = world.storage().asItIs();
        try (var in = storage.read(file)) {
            in.readAllBytes();
        } catch (IOException e) {
            if (!world.storage().isDamaged(file.path())) {
                violated("checkpoint " + checkpoint.id() + " is journalled but cannot be restored", e);
            }
        }
    }

    // --- in the end

    void atTheEnd() {
        JobRecord record = world.journal().record();
        if (record.endStatus() != JobStatus.FINISHED) {
            violated("the job did not finish in time: after the faults ended at "
                    + world.scenario().faultsEndMs() + " ms it ran on until "
                    + world.loop().nowNanos() / 1_000_000 + " ms");
            return;
        }
        if (world.node().runningSubtasks() > 0) {
            violated(world.node().runningSubtasks() + " subtasks have outlived their job");
        }
        record.checkpoints().forEach(this::requireRestorable);
        Workload workload = world.workload();
        if (workload != null) {
            String wrong = workload.wrongOutput(world.transactions()::committed);
            if (wrong != null) {
                violated(wrong);
            }
            return;
        }
        String wrong = ReferenceModel.wrongLateWindows(
                world.allRecords(), world.transactions().committed("windows"));
        if (wrong != null) {
            violated(wrong);
        }
        ReferenceModel.expected(Objects.requireNonNull(world.scenario().job()), world.allRecords())
                .forEach(this::requireOutput);
    }

    private void requireOutput(String sink, Map<String, Integer> expected) {
        Map<String, Integer> found = new TreeMap<>();
        world.transactions().committed(sink).stream()
                .filter(record -> !ReferenceModel.isLateWindow(record))
                .forEach(record -> found.merge(record, 1, Integer::sum));
        List<String> differences = new ArrayList<>();
        Set<String> all = new HashSet<>(expected.keySet());
        all.addAll(found.keySet());
        all.stream().sorted().forEach(record -> {
            int wanted = expected.getOrDefault(record, 0);
            int there = found.getOrDefault(record, 0);
            boolean right = world.scenario().exactlyOnce() ? there == wanted : there >= wanted && (wanted > 0);
            if (!right) {
                differences.add("'" + record + "' " + there + " times instead of " + wanted);
            }
        });
        if (!differences.isEmpty()) {
            violated("the output of sink '" + sink + "' is wrong (" + differences.size() + " records): "
                    + String.join(", ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size()))));
        }
    }
}
