// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reading and writing one value of a key, the keys in no order: a count for each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StateBenchmark {
    static final int RECORDS = 4096;

    /** Keys in the order in which they are met, as often as there are keys; boxed anew, as keys of records are. */
    @State(Scope.Thread)
    public static class Keys {
        @Param({"1000", "1000000"})
        int keys;

        Long[] order;
        private int position;

        @Setup
        public void makeKeys() {
            Event[] events = Event.make(Math.max(keys, RECORDS) * 2, keys);
            order = new Long[events.length / RECORDS * RECORDS];
            for (int i = 0; i < order.length; i++) {
                order[i] = events[i].key();
            }
        }

        /** Where the next so many keys begin. */
        int next() {
            int from = position;
            position = from + RECORDS == order.length ? 0 : from + RECORDS;
            return from;
        }
    }

    /** The plain map. */
    @State(Scope.Thread)
    public static class Plain {
        /** A count that is changed in place. */
        static final class Count {
            long value;
        }

        final Map<Long, Count> counts = new HashMap<>();

        @Setup
        public void fill(Keys keys) {
            for (Long key : keys.order) {
                increment(key);
            }
        }

        long increment(Long key) {
            Count count = counts.get(key);
            if (count == null) {
                count = new Count();
                counts.put(key, count);
            }
            return ++count.value;
        }
    }

    /** The engine's memory backend. */
    @State(Scope.Thread)
    public static class Memory {
        final KeyedStateHost state = new KeyedStateHost();
        int[] hashes;

        @Setup
        public void fill(Keys keys) {
            hashes = new int[keys.order.length];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = state.hashOf(keys.order[i]);
                state.increment(keys.order[i], hashes[i]);
            }
        }

        @TearDown
        public void close() {
            state.close();
        }
    }

    @Benchmark
    @Calibration
    @OperationsPerInvocation(RECORDS)
    public long loop(Keys keys, Plain plain) {
        long sum = 0;
        int from = keys.next();
        for (int i = from; i < from + RECORDS; i++) {
            sum += plain.increment(keys.order[i]);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long memory(Keys keys, Memory memory) {
        long sum = 0;
        int from = keys.next();
        for (int i = from; i < from + RECORDS; i++) {
            sum += memory.state.increment(keys.order[i], memory.hashes[i]);
        }
        return sum;
    }
}
