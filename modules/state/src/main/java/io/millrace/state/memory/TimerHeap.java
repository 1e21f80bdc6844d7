// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap by time, the earliest at the top. Times lie side by side, so that a comparison touches no object; each
 * node knows its place, so that any can be removed. Nodes may have the same time.
 */
final class TimerHeap {
    private static final int MIN_CAPACITY = 16;

    private long[] times = new long[MIN_CAPACITY];
    private @Nullable TimerNode[] nodes = new TimerNode[MIN_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The earliest node, or null. */
    @Nullable
    TimerNode first() {
        return nodes[0];
    }

    /** A node, not the first, that has the first one's time, or null. */
    @Nullable
    TimerNode tied() {
        if (size > 1 && times[1] == times[0]) {
            return nodes[1];
        }
        return size > 2 && times[2] == times[0] ? nodes[2] : null;
    }

    void add(TimerNode node) {
        if (size == nodes.length) {
            int longer = Math.addExact(size, size);
            times = Arrays.copyOf(times, longer);
            nodes = Arrays.copyOf(nodes, longer);
        }
        siftUp(size++, node);
    }

    /** Puts another node of the same time in the place of one. */
    void replace(TimerNode node, TimerNode other) {
        place(node.place, other);
    }

    void remove(TimerNode node) {
        TimerNode last = nodes[--size];
        nodes[size] = null;
        if (last != null && last != node) {
            siftDown(node.place, last);
            siftUp(last.place, last);
        }
        if (size < nodes.length >>> 3 && nodes.length > MIN_CAPACITY) {
            times = Arrays.copyOf(times, nodes.length >>> 1);
            nodes = Arrays.copyOf(nodes, nodes.length >>> 1);
        }
    }

    /**
     * All nodes by their places.
     *
     * @param more number of elements to leave free at the end
     */
    @Nullable
    Object[] copy(int more) {
        @Nullable Object[] copy = new Object[Math.addExact(size, more)];
        System.arraycopy(nodes, 0, copy, 0, size);
        return copy;
    }

    private void siftUp(int start, TimerNode node) {
        int index = start;
        while (index > 0) {
            int parent = index - 1 >>> 1;
            if (node.timestamp >= times[parent]) {
                break;
            }
            place(index, at(parent));
            index = parent;
        }
        place(index, node);
    }

    private void siftDown(int start, TimerNode node) {
        int index = start;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= node.timestamp) {
                break;
            }
            place(index, at(child));
            index = child;
        }
        place(index, node);
    }

    private void place(int index, TimerNode node) {
        times[index] = node.timestamp;
        nodes[index] = node;
        node.place = index;
    }

    @SuppressWarnings("NullAway") // up to size there are none
    private TimerNode at(int index) {
        return nodes[index];
    }
}
