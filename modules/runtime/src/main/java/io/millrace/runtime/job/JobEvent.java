// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import java.util.List;
import java.util.Map;

/** What the journal holds of a job. Small: state itself is in the snapshot store. */
public sealed interface JobEvent {
    /** The job was accepted, or a job that had failed or was canceled was started again. */
    record JobSubmitted(JobSpec spec) implements JobEvent {}

    /**
     * A coordinator begins an epoch: nothing of the epoch is done before this is journalled, and nothing of an older
     * epoch counts after it.
     *
     * @param onceValues values of {@code env.once}, all that are known by now
     * @param placedEpochs the epochs in which subtasks were placed that were ever placed anew, by their names
     * @param reason why, for people
     */
    record EpochClaimed(long epoch, Map<String, String> onceValues, Map<String, Long> placedEpochs, String reason)
            implements JobEvent {}

    /**
     * A checkpoint is complete: from here on its output is committed, and recovery goes back to it.
     *
     * @param subsumed ids of older checkpoints that recovery no longer needs
     */
    record CheckpointCompleted(CompletedCheckpoint checkpoint, List<Long> subsumed) implements JobEvent {}

    /** A completed checkpoint turned out to be unreadable: recovery goes back further. Its files are kept. */
    record CheckpointUnusable(long checkpointId, String reason) implements JobEvent {}

    /** The job has ended. */
    record JobEnded(JobStatus status, String reason) implements JobEvent {}
}
