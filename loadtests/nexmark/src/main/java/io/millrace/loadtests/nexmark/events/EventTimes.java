// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import java.time.Instant;

/**
 * Event times of indices: so many events a second from a fixed moment on. Times never go back.
 *
 * @param perSecond events a second of event time, 1 to 1,000,000,000
 */
record EventTimes(long perSecond) {
    private static final long BEGIN_MS = Instant.parse("2015-07-15T00:00:00Z").toEpochMilli();
    private static final long MS_A_SECOND = 1_000;
    private static final long HIGHEST = 1_000_000_000;

    EventTimes {
        if (perSecond < 1 || perSecond > HIGHEST) {
            throw new IllegalArgumentException(
                    "There are 1 to " + HIGHEST + " events in a second of event time, not " + perSecond);
        }
    }

    /** Rounded down twice, so that a lap's times are the same in every lap, counted from the lap's first. */
    long at(long index) {
        return BEGIN_MS + ofLap(index / EventStream.LAP) + offsetMs(index % EventStream.LAP);
    }

    /** How long after the first event of all a lap begins. */
    long ofLap(long number) {
        return offsetMs(number * EventStream.LAP);
    }

    private long offsetMs(long events) {
        return events * MS_A_SECOND / perSecond;
    }
}
