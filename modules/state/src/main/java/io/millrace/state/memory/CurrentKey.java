// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateMigrationException;
import org.jspecify.annotations.Nullable;

/** The key that state is used for, and its hash, which came with it. */
final class CurrentKey {
    private final KeyedStateSettings settings;
    private @Nullable Object key;
    private int hash;

    CurrentKey(KeyedStateSettings settings) {
        this.settings = settings;
    }

    void set(Object newKey, int newHash) {
        if (!settings.owns(settings.keyGroupOf(newHash))) {
            throw notOwned(newKey, settings.keyGroupOf(newHash));
        }
        reset(newKey, newHash);
    }

    /**
     * Makes a restored key current, whose hash is not written with it.
     *
     * @throws StateMigrationException when the key is not of the key group that it was written in
     */
    void setRestored(Object newKey, int keyGroup) {
        int newHash = settings.keyCodec().hash(newKey);
        if (settings.keyGroupOf(newHash) != keyGroup) {
            throw new StateMigrationException("Operator '" + settings.operatorId() + "': key '" + newKey
                    + "' was written in key group " + keyGroup + " and is of key group "
                    + settings.keyGroupOf(newHash) + " of " + settings.maxParallelism()
                    + ". Set the max parallelism that the snapshot was written with; if it is the same, the key's"
                    + " codec has changed its hash.");
        }
        reset(newKey, newHash);
    }

    /** The key or null, for {@link #reset}. */
    @Nullable
    Object keyOrNull() {
        return key;
    }

    /** Makes current what was before, which may be none. */
    void reset(@Nullable Object earlierKey, int earlierHash) {
        key = earlierKey;
        hash = earlierHash;
    }

    Object key() {
        Object current = key;
        if (current == null) {
            throw new IllegalStateException("Operator '" + settings.operatorId()
                    + "' uses keyed state while no key is current; use it in calls for a record or a timer only.");
        }
        return current;
    }

    int hash() {
        return hash;
    }

    int keyGroup() {
        return settings.keyGroupOf(hash);
    }

    private IllegalArgumentException notOwned(Object newKey, int newKeyGroup) {
        return new IllegalArgumentException("Operator '" + settings.operatorId() + "': key '" + newKey
                + "' is of key group " + newKeyGroup + ", but this subtask owns " + settings.firstKeyGroup()
                + " up to, not including, " + settings.endKeyGroup() + " of " + settings.maxParallelism()
                + ". The sender's key codec or max parallelism is another than the receiver's.");
    }
}
