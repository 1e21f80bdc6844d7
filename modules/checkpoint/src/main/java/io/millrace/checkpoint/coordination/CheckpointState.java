// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The four states of a checkpoint.
 *
 * <pre>
 *   PENDING ──> COMPLETED ──> SUBSUMED
 *      └──────> ABORTED
 * </pre>
 */
public enum CheckpointState {
    /** Triggered; not yet in the journal. */
    PENDING,
    /** In the journal: what recovery goes back to. */
    COMPLETED,
    /** Will never complete; its files are left to the sweep. */
    ABORTED,
    /** Completed once, and replaced by later ones. */
    SUBSUMED;

    private static final Map<CheckpointState, Set<CheckpointState>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(COMPLETED, ABORTED),
            COMPLETED, EnumSet.of(SUBSUMED),
            ABORTED, EnumSet.noneOf(CheckpointState.class),
            SUBSUMED, EnumSet.noneOf(CheckpointState.class)));

    /** Whether a checkpoint in this state can go over to another. */
    public boolean mayBecome(CheckpointState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
