// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.RunKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one state and key group with their composite keys, to be brought into the order of their bytes. Keys
 * lie one behind the other in one array that is used again for the next group; sorted are numbers that hold the first
 * bytes in which keys differ and the position of the entry, so that few keys are compared byte by byte.
 */
final class SortedKeys {
    /** Entries with the same first bytes that are sorted one by one rather than by their next bytes. */
    private static final int FEW = 12;

    private final ByteWriter bytes = new ByteWriter(1 << 16);
    private int[] ends = new int[256];
    private @Nullable Object[] entries = new Object[256];
    private long[] order = new long[256];
    private int size;
    private int keyGroup;
    private int stateNumber;

    /** Forgets all entries. */
    void begin(int newKeyGroup, int newStateNumber) {
        Arrays.fill(entries, 0, size, null);
        keyGroup = newKeyGroup;
        stateNumber = newStateNumber;
        size = 0;
        bytes.reset(0);
    }

    int size() {
        return size;
    }

    /** Where the next entry's entry key (see {@link RunKeys}) is to be written; then {@link #add} is called. */
    ByteWriter nextKey() {
        RunKeys.writePrefix(keyGroup, stateNumber, bytes);
        return bytes;
    }

    /** Adds the entry whose key was written. */
    void add(Object entry) {
        if (size == ends.length) {
            int longer = Math.addExact(size, size);
            ends = Arrays.copyOf(ends, longer);
            entries = Arrays.copyOf(entries, longer);
            order = Arrays.copyOf(order, longer);
        }
        order[size] = size;
        entries[size] = entry;
        ends[size++] = bytes.position();
    }

    void sort() {
        sort(0, size);
    }

    /** The entry that comes at that place. */
    @SuppressWarnings("NullAway") // up to size there are none
    Object entry(int place) {
        return entries[(int) order[place]];
    }

    /** Writes the composite key of the entry that comes at that place. */
    void writeKey(int place, ByteWriter out) {
        int index = (int) order[place];
        out.writeBytes(bytes.array(), start(index), ends[index] - start(index));
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Sorts the positions from one place to before another, where {@code order} holds plain positions before and after. */
    private void sort(int from, int to) {
        if (to - from <= FEW) {
            insertionSort(from, to);
            return;
        }
        int skipped = commonLength(from, to);
        int begin = from;
        int positionBits = 32 - Integer.numberOfLeadingZeros(size - 1);
        for (int i = from; i < to; i++) {
            int index = (int) order[i];
            if (start(index) + skipped == ends[index]) {
                // It is the beginning of all others, and there is one such key at most: first it comes.
                order[i] = order[begin];
                order[begin++] = index;
            }
        }
        for (int i = begin; i < to; i++) {
            int index = (int) order[i];
            // Unsigned order in signed numbers.
            order[i] = (eightBytes(index, skipped) >>> positionBits << positionBits | index) ^ Long.MIN_VALUE;
        }
        Arrays.sort(order, begin, to);
        sortEqual(begin, to, positionBits);
    }

    /** Takes places with the same first bytes together, and sorts these by the bytes behind. */
    private void sortEqual(int from, int to, int positionBits) {
        long positionMask = (1L << positionBits) - 1;
        int runStart = from;
        for (int i = from; i < to; i++) {
            boolean last = i + 1 == to || order[i + 1] >>> positionBits != order[i] >>> positionBits;
            order[i] = (order[i] ^ Long.MIN_VALUE) & positionMask;
            if (last) {
                if (i > runStart) {
                    sort(runStart, i + 1);
                }
                runStart = i + 1;
            }
        }
    }

    /** Number of bytes that all keys of the places begin with. */
    private int commonLength(int from, int to) {
        byte[] array = bytes.array();
        int first = (int) order[from];
        int common = ends[first] - start(first);
        for (int i = from + 1; i < to; i++) {
            int index = (int) order[i];
            int start = start(index);
            int differs = Arrays.mismatch(
                    array, start(first), start(first) + common, array, start, Math.min(ends[index], start + common));
            common = differs < 0 ? Math.min(common, ends[index] - start) : differs;
        }
        return common;
    }

    /** Bytes of a key from an offset, with zeros behind its end. */
    private long eightBytes(int index, int offset) {
        byte[] array = bytes.array();
        int at = start(index) + offset;
        int end = ends[index];
        long eight = 0;
        for (int i = 0; i < 8; i++) {
            eight = eight << 8 | (at + i < end ? array[at + i] & 0xff : 0);
        }
        return eight;
    }

    private void insertionSort(int from, int to) {
        byte[] array = bytes.array();
        for (int i = from + 1; i < to; i++) {
            int index = (int) order[i];
            int place = i;
            while (place > from && isBefore(array, index, (int) order[place - 1])) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = index;
        }
    }

    private boolean isBefore(byte[] array, int left, int right) {
        return Arrays.compareUnsigned(array, start(left), ends[left], array, start(right), ends[right]) < 0;
    }
}
