// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of timers, the earliest at the top; each knows its place, so that any can be removed. */
final class TimerHeap<N> {
    private static final int MIN_CAPACITY = 16;

    private final TimerOrder<N> order;
    private @Nullable Object[] timers = new Object[MIN_CAPACITY];
    private int size;

    TimerHeap(TimerOrder<N> order) {
        this.order = order;
    }

    int size() {
        return size;
    }

    @Nullable
    TimerEntry<N> first() {
        return size == 0 ? null : at(0);
    }

    void add(TimerEntry<N> timer) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, Math.addExact(size, size));
        }
        siftUp(size++, timer);
    }

    void remove(TimerEntry<N> timer) {
        TimerEntry<N> last = at(--size);
        timers[size] = null;
        if (last != timer) {
            siftDown(timer.heapIndex, last);
            siftUp(last.heapIndex, last);
        }
        if (size < timers.length >>> 3 && timers.length > MIN_CAPACITY) {
            timers = Arrays.copyOf(timers, timers.length >>> 1);
        }
    }

    /** All timers in no order. */
    @Nullable
    Object[] copy() {
        return Arrays.copyOf(timers, size);
    }

    private void siftUp(int start, TimerEntry<N> timer) {
        int index = start;
        while (index > 0) {
            int parent = index - 1 >>> 1;
            if (!order.isBefore(timer, at(parent))) {
                break;
            }
            place(index, at(parent));
            index = parent;
        }
        place(index, timer);
    }

    private void siftDown(int start, TimerEntry<N> timer) {
        int index = start;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && order.isBefore(at(child + 1), at(child))) {
                child++;
            }
            if (!order.isBefore(at(child), timer)) {
                break;
            }
            place(index, at(child));
            index = child;
        }
        place(index, timer);
    }

    private void place(int index, TimerEntry<N> timer) {
        timers[index] = timer;
        timer.heapIndex = index;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // place() alone fills the array, with timers, up to size
    private TimerEntry<N> at(int index) {
        return (TimerEntry<N>) timers[index];
    }
}
