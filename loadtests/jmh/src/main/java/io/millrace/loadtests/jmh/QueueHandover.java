// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import org.jctools.queues.SpscArrayQueue;

/** Handing records over as a person would do it between two threads: one by one through a bounded queue. */
final class QueueHandover implements AutoCloseable {
    private final SpscArrayQueue<Event> queue = new SpscArrayQueue<>(8192);
    private final Thread producer;
    private volatile boolean closed;

    QueueHandover() {
        Event[] events = Event.make(4096, 1000);
        producer = new Thread(() -> produce(events), "producer");
        producer.setDaemon(true);
        producer.start();
    }

    private void produce(Event[] events) {
        long index = 0;
        while (!closed) {
            if (queue.offer(events[(int) index & 4095])) {
                index++;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Takes so many records, and adds them up. */
    long take(int count) {
        long sum = 0;
        int taken = 0;
        while (taken < count) {
            Event event = queue.poll();
            if (event == null) {
                Thread.onSpinWait();
            } else {
                sum += event.amount();
                taken++;
            }
        }
        return sum;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        producer.join();
    }
}
