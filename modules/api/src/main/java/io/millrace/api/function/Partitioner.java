// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * Picks the subtask that takes a record. Each sending subtask has an instance of its own and calls it for every record.
 *
 * @param <K> what it decides by
 */
@Stable
@FunctionalInterface
public interface Partitioner<K> {
    /**
     * @param key what the key selector took from the record
     * @param numPartitions number of receiving subtasks, at least 1
     * @return index of the receiving subtask, 0 to {@code numPartitions - 1}; anything else fails the job
     */
    int partition(K key, int numPartitions) throws Exception;
}
