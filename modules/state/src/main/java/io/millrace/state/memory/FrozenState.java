// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.RunKeys;
import io.millrace.state.RunWriter;
import io.millrace.state.StateMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One state as of a snapshot, written by key group. References are brought into the order of key groups by counting;
 * keys are serialised and sorted for one group at a time, so the memory for that is bounded by the largest group.
 * Confined to the thread that writes the snapshot.
 */
abstract class FrozenState<E extends Grouped> {
    private final StateMeta meta;
    private final ByteWriter bytes = new ByteWriter();
    private int firstKeyGroup;
    private int[] starts = new int[1];
    private Grouped[] byKeyGroup = new Grouped[0];

    FrozenState(StateMeta meta) {
        this.meta = meta;
    }

    final StateMeta meta() {
        return meta;
    }

    /** All entries, in the same order each time. */
    abstract void forEach(Consumer<E> action);

    /** See {@link RunKeys}. */
    abstract void writeEntryKey(E entry, ByteWriter out);

    abstract void writeValue(E entry, ByteWriter out);

    /** Brings the entries into the order of key groups; before the first group is written. */
    final void group(int first, int end) {
        firstKeyGroup = first;
        int[] counted = new int[end - first + 1];
        forEach(entry -> counted[entry.keyGroup() - first + 1]++);
        for (int i = 1; i < counted.length; i++) {
            counted[i] += counted[i - 1];
        }
        starts = counted;
        int[] next = counted.clone();
        Grouped[] sorted = new Grouped[counted[counted.length - 1]];
        forEach(entry -> sorted[next[entry.keyGroup() - first]++] = entry);
        byKeyGroup = sorted;
    }

    /**
     * Writes the entries of one key group in the order of their bytes.
     *
     * @param whileHeld fails when the snapshot was closed
     */
    final void write(int keyGroup, int stateNumber, RunWriter run, Check whileHeld) throws IOException {
        int from = starts[keyGroup - firstKeyGroup];
        int to = starts[keyGroup - firstKeyGroup + 1];
        if (from == to) {
            return;
        }
        List<Keyed> sorted = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            bytes.reset(0);
            RunKeys.writePrefix(keyGroup, stateNumber, bytes);
            writeEntryKey(entry(i), bytes);
            sorted.add(new Keyed(bytes.toByteArray(), i));
        }
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
        for (Keyed keyed : sorted) {
            whileHeld.run();
            bytes.reset(0);
            writeValue(entry(keyed.index), bytes);
            run.append(keyed.key, keyed.key.length, bytes.array(), bytes.position());
        }
    }

    @SuppressWarnings("unchecked") // group() fills the array with E
    private E entry(int index) {
        return (E) byKeyGroup[index];
    }

    /** Throws when writing is not to go on. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    private record Keyed(byte[] key, int index) {}
}
