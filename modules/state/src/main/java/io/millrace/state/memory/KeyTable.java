// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.plan.KeyGroups;
import io.millrace.state.KeyedStateSettings;

/** Looks keys up: what runs for each record, specialised for each operator, so that it sees one type of key. */
final class KeyTable extends CurrentKey {
    /** Keys from which on they are not all in the processor's cache. */
    private static final int LARGE = 1 << 15;

    private final int maxParallelism;
    private final int firstKeyGroup;
    private final int endKeyGroup;

    KeyTable(KeyedStateSettings settings, Versions versions) {
        super(settings, versions);
        this.maxParallelism = settings.maxParallelism();
        this.firstKeyGroup = settings.firstKeyGroup();
        this.endKeyGroup = settings.endKeyGroup();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A key that has an entry is compared and forgotten. So a number that was boxed for this call alone need never
     * be made, once caller and key selector are compiled together with this.
     */
    @Override
    public void setCurrentKey(Object key, int keyHash) {
        int keyGroup = KeyGroups.ofHash(keyHash, maxParallelism);
        if (keyGroup < firstKeyGroup || keyGroup >= endKeyGroup) {
            throw notOwned(key, keyGroup);
        }
        int wanted = keyHash == 0 ? 1 : keyHash;
        int candidate = home(wanted);
        int found = hashAt(candidate);
        while (found != 0) {
            if (found == wanted) {
                KeyEntry entry = at(candidate);
                if (entry != null && key.equals(entry.key)) {
                    break;
                }
            }
            candidate = after(candidate);
            found = hashAt(candidate);
        }
        hash = keyHash;
        slot = candidate;
        if (found == 0) {
            // A box of the table's own: the caller's does not escape.
            absentKey = key instanceof Long number ? (Object) Long.valueOf(number.longValue()) : key;
        }
    }

    /** Reads what the look-ups and the states will read, so that the misses of several keys overlap. */
    @Override
    public void prefetch(int[] keyHashes, int from, int to) {
        if (size() < LARGE) {
            return;
        }
        int sum = 0;
        for (int i = from; i < to; i++) {
            int keyHash = keyHashes[i];
            int wanted = keyHash == 0 ? 1 : keyHash;
            int candidate = home(wanted);
            KeyEntry entry = at(candidate);
            if (hashAt(candidate) != wanted) {
                // Most often its neighbour: in the same cache line but for the entry itself.
                entry = at(after(candidate));
            }
            if (entry != null) {
                Object value = entry.get(0);
                // The class of an object is in its header: reading it brings in the object.
                if (entry.key.getClass() == Void.class || value != null && value.getClass() == Void.class) {
                    sum++;
                }
            }
        }
        touched = sum;
    }
}
