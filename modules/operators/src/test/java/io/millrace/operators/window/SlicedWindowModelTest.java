// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.plan.KeyGroups;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateSnapshot;
import io.millrace.state.memory.MemoryStateBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Windows that overlap or accumulate, on the memory backend: one subtask up to a snapshot, two after it, against a computation that
 * adds each record to each of its windows. Snapshots that stay open make state copy what it changes.
 */
class SlicedWindowModelTest {
    private static final int MAX_PARALLELISM = 16;
    private static final Codecs CODECS = new Codecs(Map.of());
    private static final KeyCodec<Object> KEYS = keyCodec();
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);

    /** A record, or a watermark where the key is empty. */
    record Step(String key, long time, long number) {}

    record Scenario(
            long size,
            long slide,
            long offset,
            boolean cumulative,
            long allowed,
            boolean reducing,
            List<Step> steps,
            int cut) {
        WindowAssigner<Step, TimeWindow> assigner() {
            Duration length = Duration.ofMillis(size);
            Duration distance = Duration.ofMillis(slide);
            Duration shift = Duration.ofMillis(offset);
            return cumulative
                    ? CumulativeEventTimeWindows.of(length, distance, shift)
                    : SlidingEventTimeWindows.of(length, distance, shift);
        }

        private static Scenario of(
                long size, long slide, long offset, long kind, boolean reducing, List<Step> lags, int cut) {
            boolean cumulative = kind >= 40;
            long some = cumulative ? slide * (1 + size / 5) : size;
            long allowed = Math.max(0, kind % 40 - 10);
            return new Scenario(
                    some, Math.min(slide, some), offset, cumulative, allowed, reducing, overTime(lags), cut);
        }
    }

    @SuppressWarnings("unchecked")
    private static KeyCodec<Object> keyCodec() {
        return (KeyCodec<Object>) (KeyCodec<?>) CODECS.forKey(TypeHint.of(String.class));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d", ""),
                        Arbitraries.longs().between(-25, 25),
                        Arbitraries.longs().between(0, 100))
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.longs().between(2, 30),
                        Arbitraries.longs().between(1, 12),
                        Arbitraries.longs().between(-7, 7),
                        Arbitraries.longs().between(0, 79),
                        Arbitraries.of(true, false),
                        step.list().ofMaxSize(80),
                        Arbitraries.integers().between(0, 80))
                .as(Scenario::of);
    }

    private static List<Step> overTime(List<Step> lags) {
        List<Step> steps = new ArrayList<>();
        long watermark = Timestamps.NONE;
        for (int i = 0; i < lags.size(); i++) {
            Step lag = lags.get(i);
            long time = 2L * i + lag.time() - (lag.key().isEmpty() ? 10 : 0);
            if (!lag.key().isEmpty()) {
                // Numbers tell records apart.
                steps.add(new Step(lag.key(), time, lag.number() * 1_000 + i));
            } else if (time > watermark) {
                watermark = time;
                steps.add(new Step("", time, 0));
            }
        }
        return steps;
    }

    @Property(tries = 1_000)
    void windowsOfSlicesAreTheWindows(@ForAll("scenarios") Scenario scenario) throws Exception {
        List<Object> emitted = new ArrayList<>();
        List<Emitted> late = new ArrayList<>();
        int cut = Math.min(scenario.cut, scenario.steps.size());
        KeyedStateBackend before = backend(0, MAX_PARALLELISM);
        OperatorHarness first = OperatorHarness.keyed(operator(scenario), before, Timestamps.NONE);
        long watermark = run(first, before, scenario.steps.subList(0, cut), 0, MAX_PARALLELISM);
        HeapRun run = new HeapRun();
        try (StateSnapshot snapshot = before.snapshot()) {
            snapshot.writeTo(run);
        }
        emitted.addAll(first.emitted());
        late.addAll(first.side("late"));
        int half = MAX_PARALLELISM / 2;
        for (int from = 0; from < MAX_PARALLELISM; from += half) {
            KeyedStateBackend after = backend(from, from + half);
            after.restore(run.reader());
            OperatorHarness second = OperatorHarness.keyed(operator(scenario), after, watermark);
            run(second, after, scenario.steps.subList(cut, scenario.steps.size()), from, from + half);
            second.advance(Timestamps.END);
            emitted.addAll(second.emitted());
            late.addAll(second.side("late"));
            assertThat(after.size()).isZero();
        }
        List<String> texts = new ArrayList<>();
        List<Step> expectedLate = new ArrayList<>();
        compute(scenario, texts, expectedLate);
        assertThat(emitted.stream().map(one -> (String) ((Emitted) one).record()))
                .containsExactlyInAnyOrderElementsOf(texts);
        assertThat(late.stream().map(one -> (Step) one.record())).containsExactlyInAnyOrderElementsOf(expectedLate);
    }

    private static KeyedStateBackend backend(int first, int end) {
        return new MemoryStateBackend()
                .create(new KeyedStateSettings(
                        "windows", MAX_PARALLELISM, first, end, KEYS, CODECS::forType, OperatorHarness.SPECIALISER));
    }

    /** Plays the steps of the keys that the subtask owns; answers the watermark. */
    private static long run(OperatorHarness harness, KeyedStateBackend state, List<Step> steps, int from, int to)
            throws Exception {
        long watermark = Timestamps.NONE;
        StateSnapshot open = null;
        for (Step step : steps) {
            if (step.key.isEmpty()) {
                watermark = step.time;
                harness.advanceBySteps(watermark);
                if (open != null) {
                    open.close();
                }
                open = state.snapshot();
                continue;
            }
            int hash = KEYS.hash(step.key);
            int keyGroup = KeyGroups.ofHash(hash, MAX_PARALLELISM);
            if (keyGroup >= from && keyGroup < to) {
                harness.process(step.key, hash, step, step.time);
            }
        }
        if (open != null) {
            open.close();
        }
        return watermark;
    }

    private static Operator operator(Scenario scenario) {
        ProcessWindowFunction<Object, Object, String, TimeWindow> describe = (key, context, all, out) -> {
            for (Object one : all) {
                out.collect(key + context.window() + " " + (one instanceof Step step ? step.number() : one));
            }
        };
        ReduceFunction<Step> reduce =
                (left, right) -> new Step(left.key(), left.time(), left.number() + right.number());
        WindowBody body = scenario.reducing
                ? new WindowBody.Reducing(reduce, TypeHint.of(Step.class), describe)
                : new WindowBody.Aggregating(new Sum(), TypeHint.of(Total.class), describe);
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                scenario.assigner(),
                body,
                Lateness.toSideOutput(LATE).withUpdates(Duration.ofMillis(scenario.allowed)),
                null,
                null);
        return new WindowOperators(OperatorHarness.SPECIALISER, new TotalCodecs()).create(spec);
    }

    /** The brute force: each record is added to each of its windows. */
    private static void compute(Scenario scenario, List<String> results, List<Step> late) {
        Map<String, Map<TimeWindow, Long>> sums = new TreeMap<>();
        List<Step> steps = new ArrayList<>(scenario.steps);
        steps.add(new Step("", Timestamps.END, 0));
        long watermark = Timestamps.NONE;
        for (Step step : steps) {
            if (step.key.isEmpty()) {
                long before = watermark;
                long now = step.time;
                sums.forEach((key, windows) -> windows.forEach((window, sum) -> {
                    if (window.maxTimestamp() > before && window.maxTimestamp() <= now) {
                        results.add(key + window + " " + sum);
                    }
                }));
                watermark = now;
                continue;
            }
            boolean taken = false;
            for (TimeWindow window : windowsOf(scenario, step.time)) {
                if (window.maxTimestamp() + scenario.allowed > watermark) {
                    taken = true;
                    long sum = sums.computeIfAbsent(step.key, ignored -> new HashMap<>())
                            .merge(window, step.number, Long::sum);
                    if (window.maxTimestamp() <= watermark) {
                        results.add(step.key + window + " " + sum);
                    }
                }
            }
            if (!taken) {
                late.add(step);
            }
        }
    }

    private static List<TimeWindow> windowsOf(Scenario scenario, long time) {
        List<TimeWindow> windows = new ArrayList<>();
        long slide = scenario.slide;
        for (long start = time; start > time - scenario.size; start--) {
            long fromEpoch = start - scenario.offset;
            if (scenario.cumulative && Math.floorMod(fromEpoch, scenario.size) == 0) {
                for (long length = slide; length <= scenario.size; length += slide) {
                    if (time < start + length) {
                        windows.add(new TimeWindow(start, start + length));
                    }
                }
            } else if (!scenario.cumulative && Math.floorMod(fromEpoch, slide) == 0) {
                windows.add(new TimeWindow(start, start + scenario.size));
            }
        }
        return windows;
    }

    static final class Total {
        private long sum;
    }

    /** Changes both of what it merges, and answers the second: all that the contract allows. */
    private static final class Sum implements AggregateFunction<Step, Total, Long> {
        @Override
        public Total createAccumulator() {
            return new Total();
        }

        @Override
        public Total add(Step record, Total accumulator) {
            accumulator.sum += record.number();
            return accumulator;
        }

        @Override
        public Long getResult(Total accumulator) {
            return accumulator.sum;
        }

        @Override
        public Total merge(Total left, Total right) {
            right.sum += left.sum;
            left.sum = -1;
            return right;
        }
    }

    private static final class TotalCodecs implements StateCodecs {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Codec<T> codecOf(Codecs codecs, TypeHint<?> type) {
            return type.rawType() == Total.class
                    ? (Codec<T>) new TotalCodec()
                    : (Codec<T>) codecs.forTypeOrSelfDescribing(type);
        }
    }

    private static final class TotalCodec implements Codec<Total> {
        @Override
        public void write(Total value, ByteWriter out) {
            out.writeLong(value.sum);
        }

        @Override
        public Total read(ByteReader in) {
            Total total = new Total();
            total.sum = in.readLong();
            return total;
        }

        @Override
        public Total copy(Total value) {
            Total total = new Total();
            total.sum = value.sum;
            return total;
        }

        @Override
        public boolean isImmutable() {
            return false;
        }

        @Override
        public Codec<Total> duplicate() {
            return this;
        }

        @Override
        public String describe() {
            return "total/1";
        }
    }
}
