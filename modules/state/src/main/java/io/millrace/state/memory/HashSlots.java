// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table's slots: open addressing with linear probing, removal by shifting back. The hashes lie side by side, so
 * that a probe touches an entry only where all 32 bits agree; 0 marks a free slot. Which entry is meant is for the
 * subclass to say, which keeps the probe free of calls through an interface.
 */
abstract class HashSlots<E> {
    private static final int MIN_CAPACITY = 16;
    private static final int MAX_CAPACITY = 1 << 30;

    private int[] hashes = new int[MIN_CAPACITY];
    private @Nullable Object[] entries = new Object[MIN_CAPACITY];
    private int size;

    HashSlots() {}

    /** A table with the same entries, to be changed on its own. */
    HashSlots(HashSlots<E> other) {
        this.hashes = other.hashes.clone();
        this.entries = other.entries.clone();
        this.size = other.size;
    }

    final int size() {
        return size;
    }

    /** A hash as the slots keep it, never 0; all other methods take it so. */
    static int occupied(int hash) {
        return hash == 0 ? 1 : hash;
    }

    final int home(int hash) {
        return hash & hashes.length - 1;
    }

    final int after(int slot) {
        return slot + 1 & hashes.length - 1;
    }

    /** The hash in a slot, 0 where it is free. */
    final int hashAt(int slot) {
        return hashes[slot];
    }

    @SuppressWarnings("unchecked") // insert() and replace() alone fill the array, with E
    final @Nullable E at(int slot) {
        return (E) entries[slot];
    }

    final void replace(int slot, E entry) {
        entries[slot] = entry;
    }

    /** Takes a free slot; slots found before are no longer valid. */
    final void insert(int slot, int hash, E entry) {
        hashes[slot] = hash;
        entries[slot] = entry;
        size++;
        int capacity = entries.length;
        if (size > (capacity >>> 1) + (capacity >>> 3)) {
            resize(capacity << 1);
        }
    }

    /** Frees a taken slot; slots found before are no longer valid. */
    final void free(int slot) {
        int gap = slot;
        for (int next = after(gap); hashes[next] != 0; next = after(next)) {
            // How far the next entry is from home, against how far it would move back.
            if (distance(home(hashes[next]), next) >= distance(gap, next)) {
                hashes[gap] = hashes[next];
                entries[gap] = entries[next];
                gap = next;
            }
        }
        hashes[gap] = 0;
        entries[gap] = null;
        size--;
        if (size < entries.length >>> 3 && entries.length > MIN_CAPACITY) {
            resize(entries.length >>> 1);
        }
    }

    final void forEach(Consumer<E> action) {
        for (int slot = 0; slot < entries.length; slot++) {
            E entry = at(slot);
            if (entry != null) {
                action.accept(entry);
            }
        }
    }

    /** Frees all slots. */
    final void freeAll() {
        hashes = new int[MIN_CAPACITY];
        entries = new Object[MIN_CAPACITY];
        size = 0;
    }

    /** The slots as they are; free ones are null. */
    final @Nullable Object[] copyOfSlots() {
        return entries.clone();
    }

    private int distance(int from, int to) {
        return to - from & hashes.length - 1;
    }

    private void resize(int capacity) {
        if (capacity < 0 || capacity > MAX_CAPACITY) {
            throw new IllegalStateException("A state has " + size
                    + " entries in one subtask, too many for memory; raise the parallelism or keep state on disk.");
        }
        int[] oldHashes = hashes;
        @Nullable Object[] oldEntries = entries;
        hashes = new int[capacity];
        entries = new Object[capacity];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = home(oldHashes[i]);
                while (hashes[slot] != 0) {
                    slot = after(slot);
                }
                hashes[slot] = oldHashes[i];
                entries[slot] = oldEntries[i];
            }
        }
    }
}
