// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import org.jspecify.annotations.Nullable;

/** Timers by time, key and namespace; finding one allocates nothing. */
final class TimerTable<N> extends HashSlots<TimerEntry<N>> {
    @Nullable
    TimerEntry<N> find(long timestamp, Object key, int keyHash, N namespace) {
        return at(slot(hash(timestamp, keyHash, namespace), timestamp, key, namespace));
    }

    /** Adds a timer that is not there. */
    void add(TimerEntry<N> timer) {
        int hash = hash(timer.timestamp, timer.keyHash, timer.namespace);
        insert(slot(hash, timer.timestamp, timer.key, timer.namespace), hash, timer);
    }

    /** Removes a timer that is there. */
    void remove(TimerEntry<N> timer) {
        free(slot(hash(timer.timestamp, timer.keyHash, timer.namespace), timer.timestamp, timer.key, timer.namespace));
    }

    private static int hash(long timestamp, int keyHash, Object namespace) {
        int spread = Long.hashCode(timestamp) * 0x9E3779B9;
        return occupied(keyHash ^ spread ^ spread >>> 15 ^ NamespaceTable.hashOf(namespace));
    }

    private int slot(int hash, long timestamp, Object key, N namespace) {
        int slot = home(hash);
        int found = hashAt(slot);
        while (found != 0 && !(found == hash && isOf(at(slot), timestamp, key, namespace))) {
            slot = after(slot);
            found = hashAt(slot);
        }
        return slot;
    }

    private static boolean isOf(@Nullable TimerEntry<?> timer, long timestamp, Object key, Object namespace) {
        return timer != null
                && timer.timestamp == timestamp
                && (timer.key == key || timer.key.equals(key))
                && (timer.namespace == namespace || timer.namespace.equals(namespace));
    }
}
