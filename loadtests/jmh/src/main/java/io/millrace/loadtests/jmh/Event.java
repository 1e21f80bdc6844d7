// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

/**
 * What the benchmarks' jobs are about: small and immutable.
 *
 * @param key to be grouped by
 * @param amount to be added up
 * @param kind 0 to 15
 */
record Event(long key, long amount, int kind) {
    /** Events with keys from 0 to {@code keys - 1} in no order, the same at every call. */
    static Event[] make(int count, int keys) {
        Event[] events = new Event[count];
        long mixed = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < count; i++) {
            mixed = mixed * 6364136223846793005L + 1442695040888963407L;
            long bits = mixed >>> 33;
            events[i] = new Event(bits % keys, bits & 0xffff, i & 15);
        }
        return events;
    }
}
