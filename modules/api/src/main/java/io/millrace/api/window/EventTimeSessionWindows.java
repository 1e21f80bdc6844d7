// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.time.Duration;

/**
 * Sessions: records of a key belong together as long as no more than a gap lies between them, by event time.
 * A session lasts from its first record to a gap after its last one. Two sessions that touch, one ending where the other
 * begins, become one.
 */
@Stable
public final class EventTimeSessionWindows {
    private EventTimeSessionWindows() {}

    public static <T> WindowAssigner<T, TimeWindow> withGap(Duration gap) {
        return new SessionAssigner<>(SessionGap.<T>fixed(gap), true);
    }

    /** Sessions whose records say how long they last. */
    public static <T> WindowAssigner<T, TimeWindow> withDynamicGap(SessionWindowTimeGapExtractor<? super T> gap) {
        return new SessionAssigner<>(SessionGap.<T>dynamic(gap), true);
    }
}
