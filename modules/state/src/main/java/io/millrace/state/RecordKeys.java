// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/**
 * What a backend does for each record before the operator is called. An object of its own where the backend's per-record
 * part is specialised, see {@link KeyedStateBackend#recordKeys()}. Confined to the subtask.
 */
public interface RecordKeys {
    /**
     * Makes {@code key} current. Its hash was computed once, by the sender, or stands with a timer; the key group is a
     * function of it, see {@link KeyedStateSettings#keyGroupOf}.
     *
     * @throws IllegalArgumentException when the subtask does not own the key group
     */
    void setCurrentKey(Object key, int keyHash);

    /**
     * Says which keys will be set next, in about that order, by their hashes from index {@code from} to before
     * {@code to}: some dozens. Changes nothing; a backend may fetch what it will need for all of them at once.
     */
    default void prefetch(int[] keyHashes, int from, int to) {}
}
