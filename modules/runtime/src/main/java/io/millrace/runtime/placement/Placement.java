// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.SubtaskMessage;
import java.util.List;

/**
 * Which slot and entity each subtask of a job has. The subtask of index i of any vertex goes to slot i, modulo the slots
 * there are: a slot holds one subtask of each vertex. A coordinator that begins anew on the same slots finds the same
 * entities. Immutable.
 */
public final class Placement {
    private final String jobId;
    private final List<Slot> slots;

    /**
     * @param slots the slots of the cluster, in an order that does not change
     */
    public Placement(String jobId, List<Slot> slots) {
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("There is no slot to place the job '" + jobId + "' on.");
        }
        this.jobId = jobId;
        this.slots = List.copyOf(slots);
    }

    /**
     * Addresses a message to a subtask.
     *
     * @param placedEpoch the epoch in which the subtask's present entity was placed; 0 for its first
     */
    public SubtaskEnvelope address(SubtaskId subtask, long placedEpoch, SubtaskMessage message) {
        Slot slot = slots.get(subtask.index() % slots.size());
        return new SubtaskEnvelope(SubtaskEnvelope.entityId(slot, jobId, subtask, placedEpoch), message);
    }
}
