// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

/**
 * A node's capacity for one subtask of each vertex, and its shard.
 *
 * @param nodeUid the cluster member's uid
 * @param index of the slot on the node, from 0
 */
public record Slot(long nodeUid, int index) {
    /** The shard's id, {@code node-uid/slot}. */
    public String shardId() {
        return Long.toUnsignedString(nodeUid) + "/" + index;
    }

    /** The node's uid in a shard's id. */
    static long nodeUidOf(String shardId) {
        int slash = shardId.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("'" + shardId + "' is no slot: expected node-uid/slot.");
        }
        return Long.parseUnsignedLong(shardId.substring(0, slash));
    }
}
