// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.time.Duration;

/** By the time at which records are handled: windows of one length that follow each other without gap or overlap, aligned to the epoch plus an offset. */
@Stable
public final class TumblingProcessingTimeWindows {
    private TumblingProcessingTimeWindows() {}

    public static <T> WindowAssigner<T, TimeWindow> of(Duration size) {
        return of(size, Duration.ZERO);
    }

    /** By the time at which records are handled: windows that begin at {@code offset} after the epoch and every {@code size} before and after that. */
    public static <T> WindowAssigner<T, TimeWindow> of(Duration size, Duration offset) {
        return new SlidingAssigner<>("tumbling", size, size, offset, false);
    }
}
