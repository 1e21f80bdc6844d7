// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.SubtaskMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which slot and entity each subtask of a job has. The subtask of index i of any vertex goes to slot i, modulo the slots
 * there are: a slot holds one subtask of each vertex. Confined to the coordinator.
 */
public final class Placement {
    private record Placed(Slot slot, long epoch) {}

    private final String jobId;
    private final List<Slot> slots;
    private final Map<SubtaskId, Placed> placed = new HashMap<>();

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

    /** Addresses a message to a subtask, which is placed now if it was not. */
    public SubtaskEnvelope address(SubtaskId subtask, long epoch, SubtaskMessage message) {
        Placed place =
                placed.computeIfAbsent(subtask, absent -> new Placed(slots.get(absent.index() % slots.size()), epoch));
        return new SubtaskEnvelope(SubtaskEnvelope.entityId(place.slot(), jobId, subtask, place.epoch()), message);
    }

    /** The subtask gets another entity with the next message. */
    public void forget(SubtaskId subtask) {
        placed.remove(subtask);
    }
}
