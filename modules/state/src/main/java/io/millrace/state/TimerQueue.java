// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import org.jspecify.annotations.Nullable;

/**
 * Timers by time; at most one for each key, namespace and time. The key is the backend's current one. Those of one time
 * come in an order that depends on nothing but the timers: key group, then key and namespace, so it is the same after a
 * restore.
 */
public interface TimerQueue<N> {
    /**
     * A timer.
     *
     * @param keyHash what the key codec says of the key, kept so that nobody computes it again
     */
    record Timer<N>(long timestamp, Object key, int keyHash, N namespace) {}

    /** Sets a timer for the current key; nothing happens where it is set. */
    void add(long timestamp, N namespace);

    /**
     * Sets a timer for the current key that is known not to be set: the caller's word is not checked. Those who never
     * call {@link #add} and {@link #remove} pay nothing for telling equal timers apart.
     */
    void addNew(long timestamp, N namespace);

    /** Removes a timer of the current key; nothing happens where there is none. */
    void remove(long timestamp, N namespace);

    /** Takes out the earliest timer at or before {@code timestamp}, or answers null. Does not set the current key. */
    @Nullable
    Timer<N> pollUntil(long timestamp);

    /** The time of the earliest timer, or {@link Long#MAX_VALUE} where there is none. */
    long firstTimestamp();

    int size();
}
