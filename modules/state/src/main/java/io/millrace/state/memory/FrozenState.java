// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.RunWriter;
import io.millrace.state.StateMeta;
import java.io.IOException;

/**
 * One state as of a snapshot, written by key group. Keys are serialised and sorted for one group at a time, so the
 * memory for that is bounded by the largest group. Confined to the thread that writes the snapshot.
 */
abstract class FrozenState {
    private final StateMeta meta;
    private final ByteWriter key = new ByteWriter();
    private final ByteWriter value = new ByteWriter();

    FrozenState(StateMeta meta) {
        this.meta = meta;
    }

    final StateMeta meta() {
        return meta;
    }

    /** Brings the entries into the order of key groups; before the first group is written. */
    abstract void group(int firstKeyGroup, int endKeyGroup);

    /** Adds the entries of a key group, in any order. */
    abstract void collect(int keyGroup, SortedKeys keys);

    /** Writes the value of an entry that was collected. */
    abstract void writeValue(Object entry, ByteWriter out);

    /**
     * Writes the entries of one key group in the order of their bytes.
     *
     * @param keys is overwritten
     * @param whileHeld fails when the snapshot was closed
     */
    final void write(int keyGroup, int stateNumber, SortedKeys keys, RunWriter run, Check whileHeld)
            throws IOException {
        keys.begin(keyGroup, stateNumber);
        collect(keyGroup, keys);
        keys.sort();
        int size = keys.size();
        for (int i = 0; i < size; i++) {
            whileHeld.run();
            key.reset(0);
            keys.writeKey(i, key);
            value.reset(0);
            writeValue(keys.entry(i), value);
            run.append(key.array(), key.position(), value.array(), value.position());
        }
    }

    /** Throws when writing is not to go on. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }
}
