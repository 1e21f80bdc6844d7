// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.io.IOException;

/**
 * Writes one sorted run. Keys are (key group, state, key, namespace) and come in ascending unsigned byte order, each
 * once. Confined to one thread.
 */
public interface RunWriter {
    /** Declares a state, before the run's first entry; the answer is its number in this run, from 0. */
    int declareState(StateMeta meta) throws IOException;

    /**
     * Appends an entry.
     *
     * @param key the composite key, see {@link RunKeys}
     */
    void append(byte[] key, int keyLength, byte[] value, int valueLength) throws IOException;
}
