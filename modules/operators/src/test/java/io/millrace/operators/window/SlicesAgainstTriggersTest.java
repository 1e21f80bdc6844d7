// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.operators.harness.OperatorHarness;
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
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Windows made of slices against the operator that adds a record to each of its windows and asks their triggers: the same
 * output in the same order, the same late records, and functions that are told of the same windows' ends.
 */
class SlicesAgainstTriggersTest {
    private static final int CASES = 2_000;
    private static final long LIMIT = Long.MAX_VALUE / 4;
    private static final Codecs CODECS = new Codecs(Map.of());
    private static final KeyCodec<Object> KEYS = keyCodec();
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);

    /** A record, or a watermark where the key is empty. */
    record Step(String key, long time, long number) {}

    /** What a job does with its input, and where it is stopped. */
    record Scenario(
            WindowAssigner<Long, TimeWindow> assigner,
            int body,
            long allowed,
            List<Step> steps,
            int cut,
            boolean full) {
        static Scenario of(long seed) {
            // Neighbouring seeds begin alike.
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            long slide = random.nextInt(10) == 0 ? LIMIT / 5 : 1 + random.nextInt(12);
            boolean cumulative = random.nextInt(3) == 0;
            long size = cumulative || random.nextBoolean()
                    ? slide * (1 + random.nextInt(cumulative && slide < 13 ? 30 : 4))
                    : 1 + random.nextInt(40);
            Duration length = Duration.ofMillis(size);
            Duration distance = Duration.ofMillis(slide);
            Duration offset = Duration.ofMillis(random.nextInt(20) - 10);
            return new Scenario(
                    cumulative
                            ? CumulativeEventTimeWindows.of(length, distance, offset)
                            : SlidingEventTimeWindows.of(length, distance, offset),
                    random.nextInt(6),
                    allowed(random),
                    steps(random),
                    random.nextInt(60),
                    random.nextBoolean());
        }

        private static long allowed(Random random) {
            return switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> Long.MAX_VALUE - random.nextInt(30);
                case 2 -> Long.MAX_VALUE - LIMIT + random.nextInt(100);
                default -> 1 + random.nextInt(40);
            };
        }

        private static List<Step> steps(Random random) {
            long[] bases = {0, 0, 0, 0, -LIMIT + 40, LIMIT - 120};
            long base = bases[random.nextInt(bases.length)];
            int pace = 1 + random.nextInt(3);
            long watermark = Timestamps.NONE;
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                long time = base + (long) pace * i / 2 + random.nextInt(41) - 35;
                if (random.nextInt(4) > 0) {
                    String key = String.valueOf((char) ('a' + random.nextInt(3)));
                    steps.add(new Step(key, time, 1L << random.nextInt(40)));
                } else if (time > watermark) {
                    watermark = time;
                    steps.add(new Step("", time, 0));
                }
            }
            steps.add(new Step("", base + 200, 0));
            return steps;
        }

        private WindowBody windowBody() {
            ReduceFunction<Long> sum = Long::sum;
            ProcessWindowFunction<Object, Object, Object, TimeWindow> function = body % 2 == 0 ? new Counting() : null;
            return switch (body / 2) {
                case 0 -> new WindowBody.Reducing(sum, TypeHint.of(Long.class), function);
                case 1 -> new WindowBody.Aggregating(new Total(), TypeHint.of(Long.class), function);
                default -> new WindowBody.Aggregating(new TotalInPlace(), TypeHint.of(long[].class), function);
            };
        }

        Operator sliced() {
            return new WindowOperators(OperatorHarness.SPECIALISER, new Given())
                    .create(new OperatorSpec.WindowSpec(assigner, windowBody(), lateness(), null, null));
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // records are objects to an operator
        Operator triggered() {
            return new TriggeredWindowOperator<TimeWindow>(
                    (WindowAssigner) assigner,
                    (Trigger) EventTimeTrigger.create(),
                    null,
                    windowBody(),
                    lateness(),
                    new Given());
        }

        private Lateness<Long> lateness() {
            return Lateness.toSideOutput(LATE).withUpdates(Duration.ofMillis(allowed));
        }
    }

    /** One operator on its way through a scenario. */
    private static final class Run {
        private final Scenario scenario;
        private final boolean sliced;
        private final List<Object> emitted = new ArrayList<>();
        private long watermark = Timestamps.NONE;
        private KeyedStateBackend state;
        private OperatorHarness harness;

        private Run(Scenario scenario, boolean sliced) {
            this.scenario = scenario;
            this.sliced = sliced;
        }

        private Run finish() throws Exception {
            open(create());
            List<Step> steps = scenario.steps;
            int cut = Math.min(scenario.cut, steps.size());
            play(steps.subList(0, cut));
            take();
            if (scenario.full && cut < steps.size() && steps.get(cut).key.isEmpty()) {
                // The barrier comes while the operator waits for room.
                watermark = steps.get(cut).time;
                harness.setRoom(1);
                harness.advance(watermark);
                take();
            }
            KeyedStateBackend restored = create();
            long before = watermark;
            try (StateSnapshot snapshot = state.snapshot()) {
                harness.setRoom(Integer.MAX_VALUE);
                harness.goOn();
                play(steps.subList(cut, steps.size()));
                HeapRun run = new HeapRun();
                snapshot.writeTo(run);
                restored.restore(run.reader());
            }
            watermark = before;
            open(restored);
            play(steps.subList(cut, steps.size()));
            harness.advance(Timestamps.END);
            take();
            return this;
        }

        private void open(KeyedStateBackend backend) throws Exception {
            state = backend;
            harness = OperatorHarness.keyed(sliced ? scenario.sliced() : scenario.triggered(), backend, watermark);
        }

        private void play(List<Step> steps) throws Exception {
            for (Step step : steps) {
                if (!step.key.isEmpty()) {
                    harness.process(step.key, KEYS.hash(step.key), step.number, step.time);
                    continue;
                }
                watermark = step.time;
                if (scenario.full) {
                    harness.advanceBySteps(watermark);
                } else {
                    harness.advance(watermark);
                }
            }
        }

        private void take() {
            emitted.addAll(harness.emitted());
            emitted.addAll(harness.side("late"));
            harness.emitted().clear();
            if (!harness.side("late").isEmpty()) {
                harness.side("late").clear();
            }
        }
    }

    @Test
    void slicesEmitWhatWindowsWithTriggersDo() throws Exception {
        long results = 0;
        for (long seed = 0; seed < CASES; seed++) {
            Scenario scenario = Scenario.of(seed);
            try {
                assertThat(scenario.sliced().getClass().getName()).doesNotContain("Triggered");
                Run sliced = new Run(scenario, true).finish();
                Run triggered = new Run(scenario, false).finish();
                assertThat(sliced.emitted).isEqualTo(triggered.emitted);
                results += sliced.emitted.size();
                if (scenario.allowed < 100) {
                    assertThat(sliced.state.size()).isEqualTo(triggered.state.size());
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Seed " + seed + ", " + scenario, e);
            }
        }
        assertThat(results).isGreaterThan(CASES * 50L);
    }

    private static KeyedStateBackend create() {
        return new MemoryStateBackend()
                .create(new KeyedStateSettings("windows", 16, 0, 16, KEYS, CODECS::forType, Specialiser.ordinary()));
    }

    @SuppressWarnings("unchecked")
    private static KeyCodec<Object> keyCodec() {
        return (KeyCodec<Object>) (KeyCodec<?>) CODECS.forKey(TypeHint.of(String.class));
    }

    /** Counts how often its window fired, and tells of the key's windows that are over. */
    private static final class Counting implements ProcessWindowFunction<Object, Object, Object, TimeWindow> {
        private static final ValueStateDescriptor<Long> FIRED = new ValueStateDescriptor<>("fired", Long.class);
        private static final ValueStateDescriptor<Long> OVER = new ValueStateDescriptor<>("over", Long.class);

        @Override
        public void process(Object key, Context<TimeWindow> context, Iterable<Object> all, Collector<Object> out) {
            ValueState<Long> fired = context.windowState().getState(FIRED);
            fired.update(orZero(fired.value()) + 1);
            Long over = context.globalState().getState(OVER).value();
            List<Object> held = new ArrayList<>();
            all.forEach(held::add);
            out.collect(key + " " + context.window() + " " + held + " " + fired.value() + " " + over);
        }

        @Override
        public void clear(Object key, Context<TimeWindow> context) {
            context.windowState().getState(FIRED).clear();
            ValueState<Long> over = context.globalState().getState(OVER);
            over.update(31 * orZero(over.value()) + context.window().end());
        }

        private static long orZero(Long value) {
            return value == null ? 0 : value;
        }
    }

    private static final class Given implements StateCodecs {
        @Override
        public <T> Codec<T> codecOf(Codecs codecs, TypeHint<?> type) {
            return codecs.forTypeOrSelfDescribing(type);
        }
    }

    private static final class Total implements AggregateFunction<Long, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long record, Long accumulator) {
            return accumulator + record;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }
    }

    /** Changes all that the contract allows. */
    private static final class TotalInPlace implements AggregateFunction<Long, long[], String> {
        @Override
        public long[] createAccumulator() {
            return new long[2];
        }

        @Override
        public long[] add(Long record, long[] accumulator) {
            accumulator[0] += record;
            accumulator[1]++;
            return accumulator;
        }

        @Override
        public String getResult(long[] accumulator) {
            return LongStream.of(accumulator).boxed().toList().toString();
        }

        @Override
        public long[] merge(long[] left, long[] right) {
            right[0] += left[0];
            right[1] += left[1];
            left[0] = -1;
            return right;
        }
    }
}
