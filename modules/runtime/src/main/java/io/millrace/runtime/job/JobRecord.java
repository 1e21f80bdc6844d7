// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of a job: the fold of its {@link JobEvent}s. Immutable.
 *
 * @param spec what was submitted, or null before that
 * @param onceValues values of {@code env.once}
 * @param placedEpochs the epochs in which subtasks were placed that were ever placed anew, by their names
 * @param epoch the last epoch claimed, or 0
 * @param checkpoints completed checkpoints that recovery may go back to, oldest first
 * @param lastCheckpointId highest id ever completed, or 0
 * @param endStatus how the job ended, or null
 * @param endReason why, or empty
 */
public record JobRecord(
        @Nullable JobSpec spec,
        Map<String, String> onceValues,
        Map<String, Long> placedEpochs,
        long epoch,
        List<CompletedCheckpoint> checkpoints,
        long lastCheckpointId,
        @Nullable JobStatus endStatus,
        String endReason) {
    public static final JobRecord EMPTY = new JobRecord(null, Map.of(), Map.of(), 0, List.of(), 0, null, "");

    /** What the journal says after one more event. */
    public JobRecord apply(JobEvent event) {
        if (event instanceof JobEvent.JobSubmitted submitted) {
            return new JobRecord(
                    submitted.spec(), onceValues, placedEpochs, epoch, checkpoints, lastCheckpointId, null, "");
        }
        if (event instanceof JobEvent.EpochClaimed claimed) {
            return new JobRecord(
                    spec,
                    claimed.onceValues(),
                    claimed.placedEpochs(),
                    claimed.epoch(),
                    checkpoints,
                    lastCheckpointId,
                    endStatus,
                    endReason);
        }
        if (event instanceof JobEvent.CheckpointCompleted completed) {
            List<CompletedCheckpoint> kept = new ArrayList<>(checkpoints);
            kept.removeIf(checkpoint -> completed.subsumed().contains(checkpoint.id()));
            kept.add(completed.checkpoint());
            return withCheckpoints(
                    kept, Math.max(lastCheckpointId, completed.checkpoint().id()));
        }
        if (event instanceof JobEvent.CheckpointUnusable unusable) {
            List<CompletedCheckpoint> kept = new ArrayList<>(checkpoints);
            kept.removeIf(checkpoint -> checkpoint.id() == unusable.checkpointId());
            return withCheckpoints(kept, lastCheckpointId);
        }
        JobEvent.JobEnded ended = (JobEvent.JobEnded) event;
        return new JobRecord(
                spec, onceValues, placedEpochs, epoch, checkpoints, lastCheckpointId, ended.status(), ended.reason());
    }

    private JobRecord withCheckpoints(List<CompletedCheckpoint> kept, long last) {
        return new JobRecord(spec, onceValues, placedEpochs, epoch, List.copyOf(kept), last, endStatus, endReason);
    }

    /** The checkpoint that recovery goes back to, or null for the beginning. */
    public @Nullable CompletedCheckpoint latestCheckpoint() {
        return checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
    }

    /** True when a checkpoint was completed once but none is usable any more: an empty start would lose its state. */
    public boolean hasLostAllCheckpoints() {
        return lastCheckpointId > 0 && checkpoints.isEmpty();
    }

    /** The epoch in which the subtask's present entity was placed; 0 for its first. */
    public long placedEpoch(SubtaskId subtask) {
        return placedEpochs.getOrDefault(subtask.toString(), 0L);
    }
}
