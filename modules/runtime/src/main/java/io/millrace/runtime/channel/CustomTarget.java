// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

/**
 * Where an edge of user code's choice leads to, for errors.
 *
 * @param operator the operator that takes the records
 */
record CustomTarget(String operator) {
    IllegalArgumentException outside(Object key, int picked, int subtasks) {
        return new IllegalArgumentException("The partitioner of partitionCustom(..) before the operator '" + operator
                + "' answered " + picked + " for the key '" + key + "': with " + subtasks
                + " subtasks it must answer 0 to " + (subtasks - 1)
                + ". Take Math.floorMod(.., numPartitions) for hashes, which may be negative.");
    }
}
