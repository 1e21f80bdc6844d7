// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

/** A timer. What it says never changes, so snapshots share it freely. */
final class TimerEntry<N> implements Grouped {
    final long timestamp;
    final Object key;
    final int keyGroup;
    final int keyHash;
    final N namespace;

    /** Where it stands in the heap; the subtask's alone. */
    int heapIndex;

    TimerEntry(long timestamp, Object key, int keyGroup, int keyHash, N namespace) {
        this.timestamp = timestamp;
        this.key = key;
        this.keyGroup = keyGroup;
        this.keyHash = keyHash;
        this.namespace = namespace;
    }

    @Override
    public int keyGroup() {
        return keyGroup;
    }
}
