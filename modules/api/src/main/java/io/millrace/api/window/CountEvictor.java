// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.util.List;

/** Keeps the last records of a window, up to a number. */
@Stable
public final class CountEvictor<T, W extends Window> implements Evictor<T, W> {
    private final long count;
    private final boolean after;

    private CountEvictor(long count, boolean after) {
        if (count < 0) {
            throw new IllegalArgumentException("A window cannot keep a negative number of records; given was " + count);
        }
        this.count = count;
        this.after = after;
    }

    /** Evicts before the window's function is called. */
    public static <T, W extends Window> CountEvictor<T, W> of(long count) {
        return of(count, false);
    }

    /**
     * @param after true to evict after the window's function was called
     */
    public static <T, W extends Window> CountEvictor<T, W> of(long count, boolean after) {
        return new CountEvictor<>(count, after);
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

    private void evict(List<Timestamped<T>> records) {
        if (records.size() > count) {
            records.subList(0, (int) (records.size() - count)).clear();
        }
    }

    @Override
    public String toString() {
        return "last " + count + " records" + (after ? " after" : "");
    }
}
