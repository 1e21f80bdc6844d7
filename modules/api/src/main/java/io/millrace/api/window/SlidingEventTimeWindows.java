// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.time.Duration;

/** Windows of one length that begin every {@code slide}, aligned to the epoch plus an offset. */
@Stable
public final class SlidingEventTimeWindows {
    private SlidingEventTimeWindows() {}

    public static <T> WindowAssigner<T, TimeWindow> of(Duration size, Duration slide) {
        return of(size, slide, Duration.ZERO);
    }

    public static <T> WindowAssigner<T, TimeWindow> of(Duration size, Duration slide, Duration offset) {
        return new SlidingAssigner<>("sliding", size, slide, offset, true);
    }
}
