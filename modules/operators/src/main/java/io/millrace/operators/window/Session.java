// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import org.jspecify.annotations.Nullable;

/**
 * A session of a key, and those after it in order of time, which neither overlap nor touch it. Belongs to the state it is
 * kept in, and is changed in place.
 */
final class Session {
    /** Like those of {@link io.millrace.api.window.TimeWindow}. */
    long start;

    long end;

    /**
     * When the session's timer fires: at its last timestamp, or before it where the session has grown since. All of its
     * timers that are still set are at this time or earlier, and within the session.
     */
    long timer;

    /** What its records were folded into. */
    Object held;

    @Nullable
    Session next;

    Session(long start, long end, long timer, Object held, @Nullable Session next) {
        this.start = start;
        this.end = end;
        this.timer = timer;
        this.held = held;
        this.next = next;
    }
}
