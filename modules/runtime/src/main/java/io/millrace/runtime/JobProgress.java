// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What a job has done so far. Immutable; sent about twice a second and at every change of status.
 *
 * @param status what it is doing
 * @param epoch number of its incarnation, from 1
 * @param recordsRead records that sources emitted in this process's life of the job, replays included
 * @param recordsWritten records that reached sinks, replays included
 * @param lateRecords records that were dropped because they came too late
 * @param watermark lowest watermark of all sinks, or {@link Long#MIN_VALUE}
 * @param lastCheckpointId last completed checkpoint, or 0
 * @param completedCheckpoints checkpoints completed since the coordinator started
 * @param failedCheckpoints checkpoints aborted since then
 * @param restarts recoveries since the job was submitted
 * @param subtaskActors actors of subtasks seen so far; more than the job has subtasks means that some were re-created
 * @param maxMailboxDepth deepest data mailbox seen in any subtask, batches
 * @param mailboxBound the bound of that depth: the sum of the credits of that subtask
 * @param failure the last failure, in words, or null
 */
public record JobProgress(
        JobStatus status,
        long epoch,
        long recordsRead,
        long recordsWritten,
        long lateRecords,
        long watermark,
        long lastCheckpointId,
        int completedCheckpoints,
        int failedCheckpoints,
        int restarts,
        int subtaskActors,
        int maxMailboxDepth,
        int mailboxBound,
        @Nullable String failure) {}
