// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.time.Duration;

/**
 * Windows that begin together and end one step after the other, until the longest of them ends and the next ones begin:
 * the sum of the day so far, every hour, for example. Aligned to the epoch plus an offset.
 */
@Stable
public final class CumulativeEventTimeWindows {
    private CumulativeEventTimeWindows() {}

    /**
     * @param maxSize of the longest window, a multiple of {@code step}
     */
    public static <T> WindowAssigner<T, TimeWindow> of(Duration maxSize, Duration step) {
        return of(maxSize, step, Duration.ZERO);
    }

    public static <T> WindowAssigner<T, TimeWindow> of(Duration maxSize, Duration step, Duration offset) {
        return new CumulativeAssigner<>(maxSize, step, offset);
    }
}
