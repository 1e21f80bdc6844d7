// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamJob;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One of a few jobs that were written for the simulation, with records that were drawn for it. */
final class HandWrittenJobs implements Workload {
    private static final long DISORDER_MS = 40;
    private static final int KEYS = 7;
    private static final int MOST_DIFFERENCES = 5;
    private static final int SEEDS_A_SPECIALISED_ONE = 16;

    private final SimulatedJob job;
    private final boolean exactlyOnce;
    private final int splits;
    private final int recordsPerSplit;
    private final Map<String, List<SimulatedRecord>> input = new HashMap<>();

    private HandWrittenJobs(SimulatedJob job, boolean exactlyOnce, int splits, int recordsPerSplit) {
        this.job = job;
        this.exactlyOnce = exactlyOnce;
        this.splits = splits;
        this.recordsPerSplit = recordsPerSplit;
    }

    /**
     * What a seed makes of a simulation.
     *
     * @param chosen the job to run, exactly once; null for the one that the seed picks
     */
    static Simulated draw(SeededRandom random, @Nullable SimulatedJob chosen) {
        SimulatedJob picked = random.pick(SimulatedJob.PICKED);
        // Only the union's output tells lost from repeated records without exactly-once state.
        boolean pickedOnce = picked != SimulatedJob.UNION || random.chance(0.6);
        SimulatedJob job = chosen == null ? picked : chosen;
        boolean exactlyOnce = chosen != null || pickedOnce;
        int parallelism = random.between(1, 3);
        HandWrittenJobs workload = new HandWrittenJobs(job, exactlyOnce, random.between(1, 4), random.between(5, 120));
        // Both ways must do the same; hidden classes cost several times what the rest of a simulation does.
        boolean specialised = random.seed() % SEEDS_A_SPECIALISED_ONE == 0;
        Scenario scenario = new Scenario(
                exactlyOnce,
                parallelism,
                specialised,
                FaultRates.of(random),
                random.between(500L, 4_000L),
                new Scenario.Tuning(
                        random.between(1, 8),
                        random.between(2, 4),
                        random.between(10, 300),
                        random.between(20_000, 1_000_000),
                        random.between(1, 3),
                        random.between(0, 3),
                        random.between(1, 6) / 10.0,
                        random.between(1_000_000L, 400_000_000L),
                        8));
        return new Simulated(scenario, workload);
    }

    static SimulatedSource<SimulatedRecord> source(SimulatedWorld world, int number) {
        return new SimulatedSource<>(world, number, SimulatedRecord.class);
    }

    static WatermarkStrategy<SimulatedRecord> watermarks() {
        return WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(DISORDER_MS));
    }

    @Override
    public Class<? extends StreamJob> jobClass() {
        return job.jobClass();
    }

    @Override
    public void begin(SeededRandom random) {
        long next = 0;
        for (int source = 0; source < job.sources(); source++) {
            for (int split = 0; split < splits; split++) {
                List<SimulatedRecord> records = new ArrayList<>();
                long time = 0;
                for (int i = 0; i < recordsPerSplit; i++) {
                    time += random.below(30);
                    records.add(record(random, next++, time));
                }
                input.put(source + "/" + split, records);
            }
        }
    }

    private SimulatedRecord record(SeededRandom random, long number, long time) {
        long timestamp = Math.max(0, time - random.below((int) DISORDER_MS));
        int value = random.below(SimulatedRecord.FIRST_LATE_VALUE);
        if (job == SimulatedJob.WINDOW && random.chance(0.2)) {
            boolean late = random.chance(0.5);
            return new SimulatedRecord(
                    number,
                    SimulatedRecord.LATE_KEY,
                    late ? SimulatedRecord.FIRST_LATE_VALUE + value : value,
                    late ? Math.max(0, timestamp - random.below(1_000)) : timestamp);
        }
        return new SimulatedRecord(number, "k" + random.below(KEYS), value, timestamp);
    }

    @Override
    public int splitsOf(int source) {
        return splits;
    }

    @Override
    public List<Timed> recordsOf(int source, int split) {
        return input.get(source + "/" + split).stream()
                .map(record -> new Timed(record, record.timestamp()))
                .toList();
    }

    @Override
    public @Nullable String wrongOutput(Function<String, List<String>> committed) {
        List<SimulatedRecord> all =
                input.values().stream().flatMap(List::stream).toList();
        String wrong = ReferenceModel.wrongLateWindows(all, committed.apply("windows"));
        for (Map.Entry<String, Map<String, Integer>> sink :
                ReferenceModel.expected(job, all).entrySet()) {
            if (wrong == null) {
                wrong = wrongRecords(sink.getKey(), sink.getValue(), committed.apply(sink.getKey()));
            }
        }
        return wrong;
    }

    private @Nullable String wrongRecords(String sink, Map<String, Integer> expected, List<String> committed) {
        Map<String, Integer> found = new TreeMap<>();
        committed.stream()
                .filter(record -> !ReferenceModel.isLateWindow(record))
                .forEach(record -> found.merge(record, 1, Integer::sum));
        List<String> differences = new ArrayList<>();
        Set<String> all = new HashSet<>(expected.keySet());
        all.addAll(found.keySet());
        all.stream().sorted().forEach(record -> {
            int wanted = expected.getOrDefault(record, 0);
            int there = found.getOrDefault(record, 0);
            boolean right = exactlyOnce ? there == wanted : there >= wanted && (wanted > 0);
            if (!right) {
                differences.add("'" + record + "' " + there + " times instead of " + wanted);
            }
        });
        if (differences.isEmpty()) {
            return null;
        }
        return "the output of sink '" + sink + "' is wrong (" + differences.size() + " records): "
                + String.join(", ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())));
    }

    @Override
    public String toString() {
        return job + ", " + splits + " splits a source, " + recordsPerSplit + " records a split";
    }
}
