// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** What a job's sinks must hold in the end, worked out without the engine: records and how often, by sink. */
final class ReferenceModel {
    private ReferenceModel() {}

    static Map<String, Map<String, Integer>> expected(SimulatedJob job, List<SimulatedRecord> input) {
        Map<String, Map<String, Integer>> expected = new TreeMap<>();
        job.sinks().forEach(sink -> expected.put(sink, new TreeMap<>()));
        BiConsumer<String, String> emit = (sink, record) -> expected.get(sink).merge(record, 1, Integer::sum);
        switch (job) {
            case WINDOW -> windows(input, emit);
            case PROCESS -> process(input, emit);
            case UNION -> union(input, emit);
        }
        return expected;
    }

    private static void windows(List<SimulatedRecord> input, BiConsumer<String, String> emit) {
        Map<String, Map<Long, long[]>> sums = new TreeMap<>();
        for (SimulatedRecord record : input) {
            long start = record.timestamp() / WindowJob.WINDOW_MS * WindowJob.WINDOW_MS;
            long[] sum = sums.computeIfAbsent(record.key(), key -> new TreeMap<>())
                    .computeIfAbsent(start, window -> new long[2]);
            sum[0]++;
            sum[1] += record.value();
        }
        sums.forEach((key, windows) ->
                windows.forEach((start, sum) -> emit.accept("windows", WindowJob.text(key, start, sum[0], sum[1]))));
    }

    private static void process(List<SimulatedRecord> input, BiConsumer<String, String> emit) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> sums = new TreeMap<>();
        Map<String, TreeSet<Long>> timers = new TreeMap<>();
        for (SimulatedRecord record : input) {
            emit.accept("process", ProcessJob.numbered(record.key(), counts.merge(record.key(), 1L, Long::sum)));
            sums.merge(record.key(), record.value(), Long::sum);
            timers.computeIfAbsent(record.key(), key -> new TreeSet<>()).add(ProcessJob.timerOf(record.timestamp()));
        }
        timers.forEach((key, times) -> times.forEach(time -> emit.accept("process", ProcessJob.timer(key, time))));
        sums.forEach((key, sum) -> emit.accept("process", ProcessJob.sum(key, sum)));
    }

    private static void union(List<SimulatedRecord> input, BiConsumer<String, String> emit) {
        for (SimulatedRecord record : input) {
            if (UnionJob.isOdd(record)) {
                emit.accept("side", UnionJob.odd(record));
            }
            for (int copy = 0; copy < UnionJob.copiesOf(record); copy++) {
                emit.accept("main", UnionJob.copy(record, copy));
            }
        }
    }
}
