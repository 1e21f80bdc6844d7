// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.StoredFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the coordinator to a subtask. */
public sealed interface SubtaskCommand extends SubtaskMessage, ControlMessage {
    long epoch();

    /**
     * Enter an epoch: drop what belongs to older ones, define the job anew, restore, and answer
     * {@link SubtaskEvent.Ready}. Repeated until answered.
     *
     * @param onceValues journalled values of the definition
     * @param fingerprint what the subtask's own definition must agree with
     * @param restore what to go on from, or null for a fresh start
     */
    record Deploy(
            SubtaskId subtask,
            long epoch,
            JobSpec job,
            Map<String, String> onceValues,
            Map<String, String> fingerprint,
            @Nullable Restore restore,
            boolean exactlyOnce)
            implements SubtaskCommand {}

    /**
     * The state to go on from.
     *
     * @param checkpointId the completed checkpoint
     * @param manifest the subtask's manifest in it
     * @param jobManifest the checkpoint's own, which leads to what the vertex's other subtasks wrote
     */
    record Restore(long checkpointId, StoredFile manifest, StoredFile jobManifest) {}

    /** All subtasks of the epoch are ready: open the channels and begin. Repeated until the subtask runs. */
    record Connect(SubtaskId subtask, long epoch) implements SubtaskCommand {}

    /** To roots only: take a checkpoint and send its barrier. */
    record TriggerCheckpoint(SubtaskId subtask, long epoch, long checkpointId) implements SubtaskCommand {}

    /** The checkpoint is journalled: sinks commit. Repeated for the final checkpoint until answered. */
    record CheckpointCompleted(SubtaskId subtask, long epoch, long checkpointId) implements SubtaskCommand {}

    /**
     * The answer to {@link SubtaskEvent.SourceWatermark}.
     *
     * @param lowestWatermark of the sources in the subtask's group: those far ahead of it are to wait;
     *     {@link Long#MAX_VALUE} where there is none to wait for
     */
    record AlignWatermark(SubtaskId subtask, long epoch, long lowestWatermark) implements SubtaskCommand {}

    /** End: the job has ended, or the subtask was replaced. */
    record Stop(SubtaskId subtask, long epoch) implements SubtaskCommand {}

    SubtaskId subtask();
}
