// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

/** What is counted of the departures of one origin and hour. Mutable: the accumulator of {@link DelayAggregate}. */
final class DelayTotals {
    private static final int DELAYED_FROM_MINUTES = 15;

    private long departures;
    private long delayed;
    private long totalDelay;
    private long maxDelay = Long.MIN_VALUE;

    void add(int delayMinutes) {
        departures++;
        delayed += delayMinutes >= DELAYED_FROM_MINUTES ? 1 : 0;
        totalDelay += delayMinutes;
        maxDelay = Math.max(maxDelay, delayMinutes);
    }

    void add(DelayTotals other) {
        departures += other.departures;
        delayed += other.delayed;
        totalDelay += other.totalDelay;
        maxDelay = Math.max(maxDelay, other.maxDelay);
    }

    long departures() {
        return departures;
    }

    long delayed() {
        return delayed;
    }

    long totalDelay() {
        return totalDelay;
    }

    long maxDelay() {
        return maxDelay;
    }
}
