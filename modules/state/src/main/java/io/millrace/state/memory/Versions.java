// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells which entries a snapshot shares: those older than the latest snapshot, while any snapshot is held.
 *
 * <p>Threading: all is the subtask's but {@link #release}, which any thread may call. The counter orders a snapshot's
 * last read of an entry before the subtask's next change in place.
 *
 * <p>A snapshot that was closed while it is being written is held until its writer notices. The next one may be taken
 * meanwhile: what the older shares is older than the newer too, so it stays protected.
 */
final class Versions {
    private final AtomicInteger held = new AtomicInteger();
    private int current;

    /** The version of entries made now. */
    int current() {
        return current;
    }

    boolean isShared(int entryVersion) {
        return entryVersion != current && held.get() != 0;
    }

    /** Begins a version: all that exists now is shared until {@link #release}. */
    void hold() {
        current++;
        held.incrementAndGet();
    }

    void release() {
        held.decrementAndGet();
    }
}
