// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.RestorePlan;
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
        return topology.subtasks().stream()
                .map(subtask -> new SubtaskCommand.Deploy(
                        subtask,
                        record.epoch(),
                        Objects.requireNonNull(record.spec(), "no job was submitted"),
                        record.onceValues(),
                        topology.fingerprint(),
                        plan == null ? null : restoreOf(plan, subtask),
                        exactlyOnce))
                .toList();
    }

    private static SubtaskCommand.@Nullable Restore restoreOf(RestorePlan plan, SubtaskId subtask) {
        return plan.manifestOf(subtask.vertexId(), subtask.index())
                .map(file -> new SubtaskCommand.Restore(plan.manifest().checkpointId(), file))
                .orElse(null);
    }
}
