// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import java.time.Duration;

/** Checks durations that the engine counts in milliseconds. */
final class Milliseconds {
    private Milliseconds() {}

    /**
     * @param what what the duration is, at the beginning of a sentence
     */
    static long of(String what, Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(what + " is more milliseconds than a long holds: " + duration, e);
        }
    }

    static long ofPositive(String what, Duration duration) {
        long millis = of(what, duration);
        if (millis <= 0) {
            throw new IllegalArgumentException(what + " must be a millisecond or more: " + duration);
        }
        return millis;
    }
}
