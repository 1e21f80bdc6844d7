// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.RestorePlan;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.protocol.SubtaskCommand;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out what each subtask is deployed with. Pure. */
final class Deployments {
    private Deployments() {}

    /**
     * The deployments of an epoch.
     *
     * @param record what the journal says, the epoch's claim included
     * @param manifest the checkpoint to go on from, or null for the beginning
     * @throws io.millrace.checkpoint.manifest.RestoreRefusedException when the checkpoint does not fit the job
     */
    static List<SubtaskCommand.Deploy> of(
            JobRecord record, JobTopology topology, @Nullable JobManifest manifest, boolean exactlyOnce) {
        RestorePlan plan = manifest == null ? null : RestorePlan.decide(manifest, topology.shape());
        StoredFile jobManifest = manifest == null ? null : fileOf(manifest, record);
        return topology.subtasks().stream()
                .map(subtask -> new SubtaskCommand.Deploy(
                        subtask,
                        record.epoch(),
                        Objects.requireNonNull(record.spec(), "no job was submitted"),
                        record.onceValues(),
                        topology.fingerprint(),
                        plan == null || jobManifest == null ? null : restoreOf(plan, jobManifest, subtask),
                        exactlyOnce))
                .toList();
    }

    private static StoredFile fileOf(JobManifest manifest, JobRecord record) {
        return record.checkpoints().stream()
                .filter(checkpoint -> checkpoint.id() == manifest.checkpointId())
                .map(CompletedCheckpoint::manifest)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Checkpoint " + manifest.checkpointId() + " is to be restored and is not in the journal."));
    }

    private static SubtaskCommand.@Nullable Restore restoreOf(
            RestorePlan plan, StoredFile jobManifest, SubtaskId subtask) {
        return plan.manifestOf(subtask.vertexId(), subtask.index())
                .map(file -> new SubtaskCommand.Restore(plan.manifest().checkpointId(), file, jobManifest))
                .orElse(null);
    }
}
