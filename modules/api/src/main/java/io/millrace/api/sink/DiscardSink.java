// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts records and adds up their checksums, so that two runs can be compared whatever the order of their records.
 * Counts are kept in this JVM under the sink's label, for whoever started the job; at least once.
 */
@Stable
public final class DiscardSink<T> implements Sink<T> {
    /** What a label has seen in this JVM. Thread-safe. */
    public static final class Totals {
        private final LongAdder records = new LongAdder();
        private final LongAdder checksum = new LongAdder();

        private Totals() {}

        public long records() {
            return records.sum();
        }

        /** The sum of a 64-bit mix of every record's {@code toString}, which does not depend on order. */
        public long checksum() {
            return checksum.sum();
        }
    }

    private static final ConcurrentHashMap<String, Totals> TOTALS = new ConcurrentHashMap<>();

    private final String label;

    public DiscardSink(String label) {
        this.label = label;
    }

    /** The totals of a label, made at its first call. */
    public static Totals totals(String label) {
        return TOTALS.computeIfAbsent(label, ignored -> new Totals());
    }

    /** Forgets a label. */
    public static void forget(String label) {
        TOTALS.remove(label);
    }

    @Override
    public SinkWriter<T> createWriter(SinkWriterContext context) {
        Totals totals = totals(label);
        return (record, timestamp) -> {
            totals.records.increment();
            totals.checksum.add(mix(String.valueOf(record)));
        };
    }

    /** FNV-1a over the characters, then the finaliser of SplitMix64. */
    private static long mix(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
