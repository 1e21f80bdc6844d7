// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: actions run one after the other, in the order of their times; among those of one time chance decides,
 * by seed. The trace hash tells two runs apart. Confined to one simulation.
 */
final class EventLoop {
    private static final int LONGEST_TICK_NANOS = 20_000;
    private static final long HASH_FACTOR = 0x100000001b3L;

    private record Event(long atNanos, int tie, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            if (byTime != 0) {
                return byTime;
            }
            int byChance = Integer.compare(tie, other.tie);
            return byChance != 0 ? byChance : Long.compare(number, other.number);
        }
    }

    private final SeededRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;
    private long executed;
    private long traceHash = 0xcbf29ce484222325L;

    EventLoop(SeededRandom random) {
        this.random = random;
    }

    void schedule(long delayNanos, Runnable action) {
        events.add(new Event(nowNanos + Math.max(0, delayNanos), random.below(1 << 16), scheduled++, action));
    }

    /** Runs the next action; false when there is none. */
    boolean runNext() {
        @Nullable Event event = events.poll();
        if (event == null) {
            return false;
        }
        nowNanos = Math.max(nowNanos, event.atNanos);
        executed++;
        trace(nowNanos);
        trace(event.number);
        event.action.run();
        return true;
    }

    /** Time that passes while code runs. */
    long tick() {
        nowNanos += random.below(LONGEST_TICK_NANOS);
        return nowNanos;
    }

    /** Time that slow code takes. */
    void advance(long nanos) {
        nowNanos += nanos;
    }

    long nowNanos() {
        return nowNanos;
    }

    long executed() {
        return executed;
    }

    void trace(long value) {
        traceHash = (traceHash ^ value) * HASH_FACTOR;
    }

    void trace(String text) {
        for (int i = 0; i < text.length(); i++) {
            trace(text.charAt(i));
        }
    }

    long traceHash() {
        return traceHash;
    }
}
