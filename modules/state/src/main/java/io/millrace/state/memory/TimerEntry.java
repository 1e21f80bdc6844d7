// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import org.jspecify.annotations.Nullable;

/** A timer. What it says never changes, so snapshots share it freely. */
final class TimerEntry<N> extends TimerNode {
    final Object key;
    final int keyHash;
    final N namespace;

    /** The bucket that it is in, or null where it stands in the heap by itself; the subtask's alone. */
    @Nullable
    TimerBucket<N> bucket;

    TimerEntry(long timestamp, Object key, int keyHash, N namespace) {
        super(timestamp);
        this.key = key;
        this.keyHash = keyHash;
        this.namespace = namespace;
    }
}
