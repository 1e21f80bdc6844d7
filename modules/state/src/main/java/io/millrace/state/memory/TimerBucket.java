// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one time. They are appended in any order and sorted once, when the first is taken out; from then on there is
 * a cursor.
 */
final class TimerBucket<N> extends TimerNode {
    private static final int MIN_CAPACITY = 4;

    /** Where the bucket stands in the list of buckets. */
    int listIndex;

    /** From the cursor to the end; null where a timer was removed while they were in order. */
    private @Nullable Object[] timers = new Object[MIN_CAPACITY];

    private int cursor;
    private int end;
    private int live;
    private boolean sorted;

    TimerBucket(long timestamp) {
        super(timestamp);
    }

    int live() {
        return live;
    }

    boolean isSorted() {
        return sorted;
    }

    /** Adds a timer; the order is lost, and with it nothing but time. */
    void add(TimerEntry<N> timer) {
        if (end == timers.length) {
            timers = Arrays.copyOf(timers, Math.addExact(end, end));
        }
        sorted = false;
        timer.bucket = this;
        timer.place = end;
        timers[end++] = timer;
        live++;
    }

    void remove(TimerEntry<N> timer) {
        timers[timer.place] = null;
        live--;
        if (!sorted) {
            Object last = timers[--end];
            timers[end] = null;
            if (last != null && last != timer) {
                timers[timer.place] = last;
                at(timer.place).place = timer.place;
            }
        }
    }

    /** Takes out the next timer; there is one, and they are sorted. */
    TimerEntry<N> poll() {
        while (timers[cursor] == null) {
            cursor++;
        }
        TimerEntry<N> timer = at(cursor);
        timers[cursor++] = null;
        live--;
        return timer;
    }

    /**
     * Brings the timers into order: by the hash of the key, as an unsigned number, which is the order of key groups too;
     * those with the same hash as the order says.
     */
    void sort(TimerOrder<N> order) {
        long[] byHash = new long[live];
        int count = 0;
        for (int i = cursor; i < end; i++) {
            if (timers[i] != null) {
                byHash[count++] = (long) (at(i).keyHash ^ Integer.MIN_VALUE) << 32 | i;
            }
        }
        Arrays.sort(byHash);
        @Nullable Object[] inOrder = new Object[Math.max(count, MIN_CAPACITY)];
        for (int i = 0; i < count; i++) {
            inOrder[i] = timers[(int) byHash[i]];
        }
        timers = inOrder;
        cursor = 0;
        end = count;
        sortEqualHashes(order);
        for (int i = 0; i < end; i++) {
            at(i).place = i;
        }
        sorted = true;
    }

    @SuppressWarnings("unchecked") // add() alone fills the array, with timers
    private void sortEqualHashes(TimerOrder<N> order) {
        int from = 0;
        for (int i = 1; i <= end; i++) {
            if (i == end || at(i).keyHash != at(from).keyHash) {
                if (i - from > 1) {
                    Arrays.sort(timers, from, i, (a, b) -> order.compare((TimerEntry<N>) a, (TimerEntry<N>) b));
                }
                from = i;
            }
        }
    }

    /** Copies the timers into an array from a position on; answers the position behind. */
    int copyTo(@Nullable Object[] target, int position) {
        int next = position;
        for (int i = cursor; i < end; i++) {
            if (timers[i] != null) {
                target[next++] = timers[i];
            }
        }
        return next;
    }

    void forEach(Consumer<TimerEntry<N>> action) {
        for (int i = cursor; i < end; i++) {
            if (timers[i] != null) {
                action.accept(at(i));
            }
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // add() alone fills the array, with timers
    private TimerEntry<N> at(int index) {
        return (TimerEntry<N>) timers[index];
    }
}
