// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.SubtaskMessage;
import java.util.List;
import java.util.Map;

/**
 * Which slot and entity each subtask of a job has. A slot holds one subtask of each vertex of a slot sharing group: the
 * subtask of index i goes to the slot i places behind its group's first. Groups stand one behind the other, so with enough
 * slots they share none; where there are too few, counting begins anew and they do. A coordinator that begins anew on the
 * same slots finds the same entities. Immutable.
 */
public final class Placement {
    private final String jobId;
    private final List<Slot> slots;
    private final Map<String, Integer> firstSlots;

    /**
     * @param slots the slots of the cluster, in an order that does not change
     * @param firstSlots the first slot of each vertex' group, by the vertex' id; 0 for those that are left out
     */
    public Placement(String jobId, List<Slot> slots, Map<String, Integer> firstSlots) {
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("There is no slot to place the job '" + jobId + "' on.");
        }
        this.jobId = jobId;
        this.slots = List.copyOf(slots);
        this.firstSlots = Map.copyOf(firstSlots);
    }

    /**
     * Addresses a message to a subtask.
     *
     * @param placedEpoch the epoch in which the subtask's present entity was placed; 0 for its first
     */
    public SubtaskEnvelope address(SubtaskId subtask, long placedEpoch, SubtaskMessage message) {
        int first = firstSlots.getOrDefault(subtask.vertexId(), 0);
        Slot slot = slots.get((first + subtask.index()) % slots.size());
        return new SubtaskEnvelope(SubtaskEnvelope.entityId(slot, jobId, subtask, placedEpoch), message);
    }
}
