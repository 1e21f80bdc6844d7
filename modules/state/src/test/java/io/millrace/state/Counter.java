// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/** A mutable value; its two numbers are changed together, so that a torn read shows. */
public final class Counter {
    public long count;
    public long mirror;

    public Counter(long count) {
        this(count, count);
    }

    Counter(long count, long mirror) {
        this.count = count;
        this.mirror = mirror;
    }

    public void add(long delta) {
        count += delta;
        mirror += delta;
    }

    @Override
    public String toString() {
        return count == mirror ? "counter " + count : "torn counter " + count + "/" + mirror;
    }
}
