// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.ControlMessage;
import io.millrace.runtime.protocol.SubtaskMessage;

/**
 * A message on its way through sharding to a subtask's actor.
 *
 * @param shardId the slot
 * @param entityId job, vertex, index and the epoch in which it was placed
 */
public record SubtaskEnvelope(String shardId, String entityId, SubtaskMessage message) implements ControlMessage {
    /** The entity of a subtask. */
    public static String entityId(String jobId, SubtaskId subtask, long placedEpoch) {
        return jobId + "|" + subtask.vertexId() + "|" + subtask.index() + "|" + placedEpoch;
    }
}
