// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.time.Duration;

/** Windows of one length that follow each other without gap or overlap, aligned to the epoch plus an offset. */
@Stable
public final class TumblingEventTimeWindows {
    private TumblingEventTimeWindows() {}

    public static <T> WindowAssigner<T, TimeWindow> of(Duration size) {
        return of(size, Duration.ZERO);
    }

    /** Windows that begin at {@code offset} after the epoch and every {@code size} before and after that. */
    public static <T> WindowAssigner<T, TimeWindow> of(Duration size, Duration offset) {
        return new SlidingAssigner<>("tumbling", size, size, offset, true);
    }
}
