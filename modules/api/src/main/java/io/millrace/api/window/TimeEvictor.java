// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import io.millrace.api.time.Timestamps;
import java.time.Duration;
import java.util.List;

/** Keeps the records of a window that are younger than a time, counted from the youngest of them. */
@Stable
public final class TimeEvictor<T, W extends Window> implements Evictor<T, W> {
    private final long keptMs;
    private final boolean after;

    private TimeEvictor(long keptMs, boolean after) {
        this.keptMs = keptMs;
        this.after = after;
    }

    /** Evicts before the window's function is called. */
    public static <T, W extends Window> TimeEvictor<T, W> of(Duration kept) {
        return of(kept, false);
    }

    /**
     * @param kept a record is kept whose timestamp is greater than the greatest in the window less this
     * @param after true to evict after the window's function was called
     */
    public static <T, W extends Window> TimeEvictor<T, W> of(Duration kept, boolean after) {
        long keptMs = WindowGrid.millis("evictor's time", kept);
        if (keptMs < 0) {
            throw new IllegalArgumentException("A window cannot keep records for a negative time; given was " + kept);
        }
        return new TimeEvictor<>(keptMs, after);
    }

    @Override
    public void evictBefore(List<Timestamped<T>> records, W window, Context context) {
        if (!after) {
            evict(records);
        }
    }

    @Override
    public void evictAfter(List<Timestamped<T>> records, W window, Context context) {
        if (after) {
            evict(records);
        }
    }

    /** Records without timestamps have no age: where there is one, all stay. */
    private void evict(List<Timestamped<T>> records) {
        long youngest = Long.MIN_VALUE;
        for (Timestamped<T> record : records) {
            if (record.timestamp() == Timestamps.NONE) {
                return;
            }
            youngest = Math.max(youngest, record.timestamp());
        }
        long limit = youngest < Long.MIN_VALUE + keptMs ? Long.MIN_VALUE : youngest - keptMs;
        records.removeIf(record -> record.timestamp() <= limit);
    }

    @Override
    public String toString() {
        return "younger than " + keptMs + " ms" + (after ? " after" : "");
    }
}
