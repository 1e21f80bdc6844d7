// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.manifest.CheckpointKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one checkpoint, for people and metrics.
 *
 * @param id the checkpoint
 * @param kind why it was taken
 * @param state where it stands
 * @param triggeredMs when it was triggered, on the caller's clock
 * @param durationMs from the trigger to its end; {@link #UNKNOWN} while it is pending
 * @param bytes written for it as far as acknowledged, files of earlier checkpoints not counted
 * @param failureReason why it was aborted, else null
 */
public record CheckpointStats(
        long id,
        CheckpointKind kind,
        CheckpointState state,
        long triggeredMs,
        long durationMs,
        long bytes,
        @Nullable String failureReason) {
    /** The duration of a checkpoint that has not ended. */
    public static final long UNKNOWN = -1;

    CheckpointStats in(CheckpointState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("Checkpoint " + id + " cannot go from " + state + " to " + next);
        }
        return new CheckpointStats(id, kind, next, triggeredMs, durationMs, bytes, failureReason);
    }
}
