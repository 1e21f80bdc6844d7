// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
            case SPREAD -> spread(input, emit);
        }
        return expected;
    }

    private static void windows(List<SimulatedRecord> input, BiConsumer<String, String> emit) {
        Map<String, Map<Long, long[]>> sums = new TreeMap<>();
        for (SimulatedRecord record : input) {
            if (record.key().equals(SimulatedRecord.LATE_KEY)) {
                continue;
            }
            long start = windowOf(record);
            long[] sum = sums.computeIfAbsent(record.key(), key -> new TreeMap<>())
                    .computeIfAbsent(start, window -> new long[2]);
            sum[0]++;
            sum[1] += record.value();
        }
        sums.forEach((key, windows) ->
                windows.forEach((start, sum) -> emit.accept("windows", WindowJob.text(key, start, sum[0], sum[1]))));
    }

    /** The last timestamp of the record's window. */
    static long lastOfWindow(SimulatedRecord record) {
        return windowOf(record) + WindowJob.WINDOW_MS - 1;
    }

    private static long windowOf(SimulatedRecord record) {
        return record.timestamp() / WindowJob.WINDOW_MS * WindowJob.WINDOW_MS;
    }

    /**
     * What is wrong with the windows of the key whose records may come too late, or null: each fires once at most,
     * holds all records that are in time, and none twice.
     */
    static @Nullable String wrongLateWindows(List<SimulatedRecord> input, List<String> output) {
        Map<Long, long[]> counts = new TreeMap<>();
        for (SimulatedRecord record : input) {
            if (record.key().equals(SimulatedRecord.LATE_KEY)) {
                long[] count = counts.computeIfAbsent(windowOf(record), window -> new long[3]);
                count[record.mayBeLate() ? 1 : 0]++;
            }
        }
        for (String text : output) {
            if (!isLateWindow(text)) {
                continue;
            }
            String[] parts = text.split("[@=:]");
            long[] count = counts.get(Long.parseLong(parts[1]));
            long found = Long.parseLong(parts[2]);
            if (count == null || count[2]++ > 0 || found < count[0] || found > count[0] + count[1]) {
                return "the window " + text + " fired twice, or holds too little or too much";
            }
        }
        return counts.entrySet().stream()
                .filter(window -> window.getValue()[0] > 0 && window.getValue()[2] == 0)
                .map(window -> "the window at " + window.getKey() + " of late records never fired")
                .findFirst()
                .orElse(null);
    }

    static boolean isLateWindow(String text) {
        return text.startsWith(SimulatedRecord.LATE_KEY + "@");
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

    private static void spread(List<SimulatedRecord> input, BiConsumer<String, String> emit) {
        windows(input, emit);
        for (SimulatedRecord record : input) {
            for (int copy = 0; copy < SpreadJob.COPIES; copy++) {
                emit.accept("copies", SpreadJob.copy(record));
            }
        }
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
