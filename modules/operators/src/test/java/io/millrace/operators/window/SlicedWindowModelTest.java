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
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
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
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateSnapshot;
import io.millrace.state.memory.MemoryStateBackend;
import java.time.Duration;
import java.util.ArrayList;
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
 * Windows that overlap, on the memory backend: one subtask up to a snapshot, two after it, against a computation that
 * adds each record to each of its windows. Snapshots that stay open make state copy what it changes.
 */
class SlicedWindowModelTest {
    private static final int MAX_PARALLELISM = 16;
    private static final Codecs CODECS = new Codecs(Map.of());
    private static final KeyCodec<Object> KEYS = keyCodec();
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);

    /** A record, or a watermark where the key is empty. */
    record Step(String key, long time, long number) {}

    record Scenario(long size, long slide, long offset, boolean reducing, List<Step> steps, int cut) {}

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
                        Arbitraries.of(true, false),
                        step.list().ofMaxSize(80),
                        Arbitraries.integers().between(0, 80))
                .as((size, slide, offset, reducing, lags, cut) ->
                        new Scenario(size, Math.min(slide, size), offset, reducing, overTime(lags), cut));
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

    @Property(tries = 500)
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
        Map<String, Long> expected = new TreeMap<>();
        List<Step> expectedLate = new ArrayList<>();
        compute(scenario, expected, expectedLate);
        List<String> texts = new ArrayList<>();
        expected.forEach((window, sum) -> texts.add(window + " " + sum));
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
                out.collect(
                        key + " " + context.window().start() + " " + (one instanceof Step step ? step.number() : one));
            }
        };
        ReduceFunction<Step> reduce =
                (left, right) -> new Step(left.key(), left.time(), left.number() + right.number());
        WindowBody body = scenario.reducing
                ? new WindowBody.Reducing(reduce, TypeHint.of(Step.class), describe)
                : new WindowBody.Aggregating(new Sum(), TypeHint.of(Total.class), describe);
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                SlidingEventTimeWindows.of(
                        Duration.ofMillis(scenario.size),
                        Duration.ofMillis(scenario.slide),
                        Duration.ofMillis(scenario.offset)),
                body,
                Lateness.toSideOutput(LATE),
                null,
                null);
        return new WindowOperators(Specialiser.ordinary(), new TotalCodecs()).create(spec);
    }

    /** The brute force. */
    private static void compute(Scenario scenario, Map<String, Long> sums, List<Step> late) {
        long watermark = Timestamps.NONE;
        for (Step step : scenario.steps) {
            if (step.key.isEmpty()) {
                watermark = step.time;
                continue;
            }
            boolean taken = false;
            long start = scenario.offset + scenario.slide * 200;
            while (start > step.time) {
                start -= scenario.slide;
            }
            for (; start > step.time - scenario.size; start -= scenario.slide) {
                if (start + scenario.size - 1 > watermark) {
                    taken = true;
                    sums.merge(step.key + " " + start, step.number, Long::sum);
                }
            }
            if (!taken) {
                late.add(step);
            }
        }
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
