// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

/** How an edge spreads records. */
public enum EdgePartitioning {
    /** Subtask i to subtask i: one channel a subtask. */
    FORWARD,
    /** Round robin over all receivers. */
    REBALANCE,
    /** Round robin over the receivers of a sender: few that stand side by side, or one that it shares. */
    RESCALE,
    /** To a random receiver. */
    SHUFFLE,
    /** To receiver 0. */
    GLOBAL,
    /** To the receiver that user code picks. */
    CUSTOM,
    /** Every record to every receiver. */
    BROADCAST,
    /** To the owner of the key group. */
    HASH,
    /** From an enumerator to the reader that the record names. */
    ASSIGNED;

    /** True when a sender has channels to its own receivers alone, false when it has one to each receiver. */
    public boolean isPointwise() {
        return this == FORWARD || this == RESCALE;
    }
}
