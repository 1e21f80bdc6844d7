// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.storage.StoredFile;
import java.util.Map;

/** What an acknowledgement led to. */
public sealed interface AckResult {
    /**
     * It counts for nothing: its checkpoint is over, the subtask is not expected, or has acknowledged before.
     *
     * @param reason why, for the log
     */
    record Ignored(String reason) implements AckResult {}

    /**
     * It counts, and others are missing.
     *
     * @param missing how many
     */
    record Waiting(int missing) implements AckResult {}

    /**
     * It was the last. Now the job manifest is to be written, the completion journalled, and
     * {@link CheckpointCoordination#completed} called.
     *
     * @param checkpoint the checkpoint, still pending
     * @param manifests the manifest of each subtask, in the order of vertex id and index
     */
    record AllAcknowledged(PendingCheckpoint checkpoint, Map<SubtaskId, StoredFile> manifests) implements AckResult {}
}
