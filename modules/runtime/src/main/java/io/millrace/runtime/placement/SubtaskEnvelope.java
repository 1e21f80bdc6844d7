// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.ControlMessage;
import io.millrace.runtime.protocol.SubtaskMessage;

/**
 * A message on its way through sharding to a subtask's actor.
 *
 * @param entityId slot, job, vertex, index and the epoch in which the subtask was placed
 */
public record SubtaskEnvelope(String entityId, SubtaskMessage message) implements ControlMessage {
    private static final char SEPARATOR = '|';

    /** The entity of a subtask; the slot comes first, so that the id alone tells the shard. */
    public static String entityId(Slot slot, String jobId, SubtaskId subtask, long placedEpoch) {
        return slot.shardId()
                + SEPARATOR
                + jobId
                + SEPARATOR
                + subtask.vertexId()
                + SEPARATOR
                + subtask.index()
                + SEPARATOR
                + placedEpoch;
    }

    static String shardIdOf(String entityId) {
        int separator = entityId.indexOf(SEPARATOR);
        if (separator < 1) {
            throw new IllegalArgumentException(
                    "'" + entityId + "' names no slot: expected slot|job|vertex|index|epoch.");
        }
        return entityId.substring(0, separator);
    }
}
