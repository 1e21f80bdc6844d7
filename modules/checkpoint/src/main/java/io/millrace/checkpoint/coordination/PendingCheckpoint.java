// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.manifest.CheckpointKind;
import java.util.Set;

/**
 * A checkpoint that has been triggered and is not in the journal yet.
 *
 * @param id the checkpoint
 * @param epoch the epoch that takes it
 * @param kind why it is taken
 * @param triggeredMs when it was triggered
 * @param deadlineMs when it times out
 * @param expected the subtasks that must acknowledge
 */
public record PendingCheckpoint(
        long id, long epoch, CheckpointKind kind, long triggeredMs, long deadlineMs, Set<SubtaskId> expected) {
    public PendingCheckpoint {
        expected = Set.copyOf(expected);
    }
}
