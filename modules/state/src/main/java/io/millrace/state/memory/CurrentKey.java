// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.KeyCodec;
import io.millrace.state.KeyedStateSettings;
import org.jspecify.annotations.Nullable;

/** The key that state is used for; its hash is computed at the first use and serves all states. */
final class CurrentKey {
    private final KeyedStateSettings settings;
    private final KeyCodec<Object> codec;
    private @Nullable Object key;
    private int keyGroup;
    private int hash;
    private boolean hashed;

    CurrentKey(KeyedStateSettings settings) {
        this.settings = settings;
        this.codec = settings.keyCodec();
    }

    void set(Object newKey, int newKeyGroup) {
        if (!settings.owns(newKeyGroup)) {
            throw notOwned(newKey, newKeyGroup);
        }
        reset(newKey, newKeyGroup);
    }

    /** The key or null, for {@link #reset}. */
    @Nullable
    Object keyOrNull() {
        return key;
    }

    /** Makes current what was before, which may be none. */
    void reset(@Nullable Object earlierKey, int earlierKeyGroup) {
        key = earlierKey;
        keyGroup = earlierKeyGroup;
        hashed = false;
    }

    Object key() {
        Object current = key;
        if (current == null) {
            throw new IllegalStateException("Operator '" + settings.operatorId()
                    + "' uses keyed state while no key is current; use it in calls for a record or a timer only.");
        }
        return current;
    }

    int keyGroup() {
        return keyGroup;
    }

    int hash() {
        if (!hashed) {
            hash = codec.hash(key());
            hashed = true;
        }
        return hash;
    }

    private IllegalArgumentException notOwned(Object newKey, int newKeyGroup) {
        return new IllegalArgumentException("Operator '" + settings.operatorId() + "': key '" + newKey
                + "' is of key group " + newKeyGroup + ", but this subtask owns " + settings.firstKeyGroup()
                + " up to, not including, " + settings.endKeyGroup() + " of " + settings.maxParallelism()
                + ". The sender's key codec or max parallelism is another than the receiver's.");
    }
}
