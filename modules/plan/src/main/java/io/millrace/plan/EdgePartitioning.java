// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

/** How an edge spreads records. */
public enum EdgePartitioning {
    /** Subtask i to subtask i: one channel a subtask. */
    FORWARD,
    /** Round robin over all receivers. */
    REBALANCE,
    /** Every record to every receiver. */
    BROADCAST,
    /** To the owner of the key group. */
    HASH,
    /** From an enumerator to the reader that the record names. */
    ASSIGNED
}
