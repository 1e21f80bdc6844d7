// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import org.jspecify.annotations.Nullable;

/** One state's entries by key and namespace. */
final class EntryTable extends HashSlots<Entry> {
    private final Versions versions;

    EntryTable(Versions versions) {
        this.versions = versions;
    }

    /** The hash of an entry. A namespace's is spread first, for times are multiples of something. */
    static int hash(int keyHash, Object namespace) {
        int spread = namespace.hashCode() * 0x9E3779B9;
        return occupied(keyHash ^ spread ^ spread >>> 15);
    }

    @Nullable
    Entry find(int hash, Object key, Object namespace) {
        return at(slot(hash, key, namespace));
    }

    /** Sets the value, in place where no snapshot shares the entry. */
    void put(int hash, CurrentKey current, Object namespace, Object value) {
        int slot = slot(hash, current.key(), namespace);
        Entry entry = at(slot);
        if (entry == null) {
            insert(slot, hash, new Entry(current.key(), namespace, current.keyGroup(), versions.current(), value));
        } else if (versions.isShared(entry.version)) {
            replace(slot, new Entry(entry.key, entry.namespace, entry.keyGroup, versions.current(), value));
        } else if (entry.value != value) {
            // An unchanged reference is not stored: a garbage collector's write barrier costs more than the test.
            entry.value = value;
        }
    }

    void remove(int hash, Object key, Object namespace) {
        int slot = slot(hash, key, namespace);
        if (at(slot) != null) {
            free(slot);
        }
    }

    /** The slot of the entry, or the free one where it belongs. */
    private int slot(int hash, Object key, Object namespace) {
        int slot = home(hash);
        int found = hashAt(slot);
        while (found != 0 && !(found == hash && isOf(at(slot), key, namespace))) {
            slot = after(slot);
            found = hashAt(slot);
        }
        return slot;
    }

    private static boolean isOf(@Nullable Entry entry, Object key, Object namespace) {
        return entry != null
                && (entry.key == key || entry.key.equals(key))
                && (entry.namespace == namespace || entry.namespace.equals(namespace));
    }
}
