// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/** Bugs that the simulation puts in from the outside, to show that it would find them. */
public enum PlantedBug {
    /** None: the engine as it is. */
    NONE,
    /** The storage says that a file is durable before it is; a crash in between loses it. */
    ACKNOWLEDGED_BEFORE_DURABLE,
    /** The coordinator's shell carries out a step's effects before its events are journalled. */
    EFFECTS_BEFORE_JOURNAL,
    /** What is left over from an older epoch passes for something of the present one. */
    EPOCH_NOT_CHECKED,
    /** Barriers are not aligned, though the job is to be exactly-once. */
    NOT_ALIGNED,
    /** Receivers are not told that a channel is idle, and wait for it. */
    IDLENESS_NOT_TOLD,
    /** Checkpoints do not hold the watermarks and statuses of channels and operators. */
    WATERMARKS_NOT_KEPT,
    /** A source that is idle or at its end holds the others of its group. */
    GROUP_HELD_FOR_EVER,
    /** Of the timers in a checkpoint only some come back. */
    TIMERS_NOT_RESTORED,
    /** A window does not find all of its slices. */
    SLICES_FORGOTTEN;

    /** True when it is one of the state. */
    boolean isOfState() {
        return this == TIMERS_NOT_RESTORED || this == SLICES_FORGOTTEN;
    }
}
