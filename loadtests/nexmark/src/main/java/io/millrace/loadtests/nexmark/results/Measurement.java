// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one run answers and takes. Kept in this JVM under a label, by which the job's source and sink find it; whoever
 * starts the run forgets it in the end.
 *
 * <p>Thread-safe.
 */
public final class Measurement {
    /**
     * The process at one moment.
     *
     * @param ns clock time, as of {@link System#nanoTime}
     * @param cpuNs CPU time of all threads
     * @param gcMs time in garbage collections
     */
    public record Moment(long ns, long cpuNs, long gcMs) {
        /** The process now. */
        public static Moment now() {
            long gcMs = ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
            OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
            long cpuNs =
                    system instanceof com.sun.management.OperatingSystemMXBean known ? known.getProcessCpuTime() : 0;
            return new Moment(System.nanoTime(), cpuNs, gcMs);
        }

        /** What passed since an earlier moment. */
        public Moment since(Moment earlier) {
            return new Moment(ns - earlier.ns, cpuNs - earlier.cpuNs, gcMs - earlier.gcMs);
        }
    }

    private static final ConcurrentHashMap<String, Measurement> MEASUREMENTS = new ConcurrentHashMap<>();

    private final LongAdder results = new LongAdder();
    private final LongAdder checksum = new LongAdder();
    private final AtomicReference<Moment> first = new AtomicReference<>();

    private Measurement() {}

    /** The measurement of a label, made at its first call. */
    public static Measurement of(String label) {
        return MEASUREMENTS.computeIfAbsent(label, ignored -> new Measurement());
    }

    /** Forgets a label. */
    public static void forget(String label) {
        MEASUREMENTS.remove(label);
    }

    /** Loads what looking at the clocks needs, which takes a while the first time. */
    public static void warmUp() {
        Moment.now();
    }

    /** The first record is about to be made; later calls change nothing. */
    public void begin() {
        if (first.get() == null) {
            first.compareAndSet(null, Moment.now());
        }
    }

    /**
     * When the first record was made.
     *
     * @throws IllegalStateException when none was
     */
    public Moment first() {
        Moment moment = first.get();
        if (moment == null) {
            throw new IllegalStateException("The run has made no record: there is nothing to measure.");
        }
        return moment;
    }

    /** Takes what was tallied since the last call. */
    void add(long moreResults, long moreChecksum) {
        results.add(moreResults);
        checksum.add(moreChecksum);
    }

    /** Takes all of a tally, which must not be added again. */
    public void add(Tally tally) {
        add(tally.results(), tally.checksum());
    }

    public long results() {
        return results.sum();
    }

    public long checksum() {
        return checksum.sum();
    }
}
