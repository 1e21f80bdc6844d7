// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

/**
 * Handing records over as a person would do it in one thread: from one loop to the next through arrays. The measure of
 * what an exchange between threads adds.
 */
final class PlainHandover {
    private static final int BATCH = 512;

    private final Event[] events = Event.make(4096, 1000);
    private final Event[][] records;
    private final long[][] timestamps;
    private final int[] sizes;
    private long index;
    private long sum;

    /**
     * @param receivers a power of two
     */
    PlainHandover(int receivers) {
        records = new Event[receivers][BATCH];
        timestamps = new long[receivers][BATCH];
        sizes = new int[receivers];
    }

    /** Hands over so many records, each to the receiver that its key belongs to, and adds up what they get. */
    long run(int count) {
        for (int i = 0; i < count; i++) {
            Event event = events[(int) index++ & 4095];
            int receiver = receiverOf(event.key());
            int size = sizes[receiver];
            records[receiver][size] = event;
            timestamps[receiver][size] = Long.MIN_VALUE;
            sizes[receiver] = size + 1;
            if (size + 1 == BATCH) {
                take(receiver);
            }
        }
        return sum;
    }

    private int receiverOf(long key) {
        if (sizes.length == 1) {
            return 0;
        }
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & (sizes.length - 1);
    }

    private void take(int receiver) {
        Event[] batch = records[receiver];
        for (Event event : batch) {
            sum += event.amount();
        }
        sizes[receiver] = 0;
    }
}
