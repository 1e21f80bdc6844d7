// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.Codec;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.RecordKeys;
import io.millrace.state.StateMigrationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of all keys, and the one of the current key. A key is looked up once, when it becomes current; all states
 * then go to its slot. The slot is kept, not the entry: to store a reference for each record costs a garbage collector's
 * write barrier.
 *
 * <p>What runs for each record is abstract here, see {@link KeyTable}.
 */
abstract class CurrentKey extends HashSlots<KeyEntry> implements RecordKeys {
    private static final int NO_KEY = -1;

    /** Where the current key's entry is, or would be. */
    int slot = NO_KEY;

    int hash;

    /** The current key, where it has no entry; otherwise of no meaning. */
    @Nullable
    Object absentKey;

    /** What a prefetch found, so that nobody takes it for dead code. */
    int touched;

    private final KeyedStateSettings settings;
    private final Versions versions;

    /** By state; null where the values of a state need no copy. */
    private final List<@Nullable Codec<Object>> copiers = new ArrayList<>();

    CurrentKey(KeyedStateSettings settings, Versions versions) {
        this.settings = settings;
        this.versions = versions;
    }

    /**
     * Gives a state its index.
     *
     * @param copier copies values when their entry is replaced, or null where they know by themselves what a snapshot
     *     shares, or cannot change
     */
    final int addState(@Nullable Codec<Object> copier) {
        copiers.add(copier);
        return copiers.size() - 1;
    }

    /** The current key's entry, or null where no state holds anything for it. */
    final @Nullable KeyEntry entry() {
        if (slot < 0) {
            throw noKey();
        }
        return at(slot);
    }

    final Object key() {
        KeyEntry entry = entry();
        if (entry != null) {
            return entry.key;
        }
        Object key = absentKey;
        if (key == null) {
            throw noKey();
        }
        return key;
    }

    /**
     * Makes a restored key current, whose hash is not written with it.
     *
     * @throws StateMigrationException when the key is not of the key group that it was written in
     */
    final void setRestored(Object key, int keyGroup) {
        int keyHash = settings.keyCodec().hash(key);
        if (settings.keyGroupOf(keyHash) != keyGroup) {
            throw new StateMigrationException("Operator '" + settings.operatorId() + "': key '" + key
                    + "' was written in key group " + keyGroup + " and is of key group " + settings.keyGroupOf(keyHash)
                    + " of " + settings.maxParallelism()
                    + ". Set the max parallelism that the snapshot was written with; if it is the same, the key's"
                    + " codec has changed its hash.");
        }
        setCurrentKey(key, keyHash);
    }

    /** The key or null, for {@link #reset}. */
    final @Nullable Object keyOrNull() {
        return slot < 0 ? null : key();
    }

    /** Makes current what was before, which may be none. */
    final void reset(@Nullable Object earlierKey, int earlierHash) {
        if (earlierKey == null) {
            slot = NO_KEY;
        } else {
            setCurrentKey(earlierKey, earlierHash);
        }
    }

    /**
     * The current key's entry, to be changed: made where there is none, and replaced where a snapshot shares it.
     *
     * @param index the state whose value will be replaced, which is not copied; -1 for none
     */
    final KeyEntry changeable(int index) {
        KeyEntry entry = entry();
        if (entry == null) {
            KeyEntry made = new KeyEntry(key(), hash, versions.current());
            insert(slot, occupied(hash), made);
            // The table may have grown.
            slot = home(occupied(hash));
            while (at(slot) != made) {
                slot = after(slot);
            }
            return made;
        }
        if (!versions.isShared(entry.version)) {
            return entry;
        }
        KeyEntry copy = entry.shallowCopy(versions.current());
        for (int i = 0; i < copiers.size(); i++) {
            Codec<Object> copier = copiers.get(i);
            Object value = copy.get(i);
            if (copier != null && value != null && i != index) {
                copy.set(i, copier.copy(value));
            }
        }
        replace(slot, copy);
        return copy;
    }

    /** Takes away what a state holds for the current key, which has an entry; one that holds no more goes with it. */
    final void clear(KeyEntry entry, int index) {
        if (!entry.isEmptyBut(index)) {
            changeable(index).set(index, null);
            return;
        }
        absentKey = entry.key;
        free(slot);
        slot = home(occupied(hash));
        while (hashAt(slot) != 0) {
            slot = after(slot);
        }
    }

    /** Lets go of all entries. */
    final void removeAll() {
        slot = NO_KEY;
        freeAll();
    }

    final IllegalArgumentException notOwned(Object key, int keyGroup) {
        return new IllegalArgumentException("Operator '" + settings.operatorId() + "': key '" + key
                + "' is of key group " + keyGroup + ", but this subtask owns " + settings.firstKeyGroup()
                + " up to, not including, " + settings.endKeyGroup() + " of "
                + settings.maxParallelism()
                + ". The sender's key codec or max parallelism is another than the receiver's.");
    }

    final String operatorId() {
        return settings.operatorId();
    }

    private IllegalStateException noKey() {
        return new IllegalStateException("Operator '" + settings.operatorId()
                + "' uses keyed state while no key is current, as in open(): ask for state there, and use it in calls for"
                + " a record or a timer.");
    }
}
