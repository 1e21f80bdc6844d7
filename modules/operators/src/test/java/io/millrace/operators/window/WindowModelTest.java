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
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.FakeCodecs;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** Windows against a computation that knows all records beforehand. */
class WindowModelTest {
    private static final OutputTag<Step> LATE = new OutputTag<>("late", Step.class);

    /** A record, or a watermark where the key is empty. */
    record Step(String key, long time, long number) {
        boolean isWatermark() {
            return key.isEmpty();
        }
    }

    /** A job: window size and slide, its kind of body, its input. */
    record Scenario(long size, long slide, int body, List<Step> steps) {
        Operator operator() {
            WindowAssigner<Step, TimeWindow> assigner =
                    SlidingEventTimeWindows.of(Duration.ofMillis(size), Duration.ofMillis(slide));
            return new WindowOperators(OperatorHarness.SPECIALISER, new FakeCodecs())
                    .create(new OperatorSpec.WindowSpec(
                            assigner, windowBody(), Lateness.toSideOutput(LATE), null, null));
        }

        private WindowBody windowBody() {
            ProcessWindowFunction<Object, Object, String, TimeWindow> describe = (key, context, all, out) -> {
                long sum = 0;
                for (Object one : all) {
                    sum += one instanceof Step step ? step.number() : (Long) one;
                }
                out.collect(key + " " + context.window().start() + " " + sum);
            };
            ReduceFunction<Step> reduce =
                    (left, right) -> new Step(left.key(), left.time(), left.number() + right.number());
            return switch (body) {
                case 0 -> new WindowBody.Buffering(null, describe);
                case 1 -> new WindowBody.Reducing(reduce, null, describe);
                default -> new WindowBody.Aggregating(new Sum(), null, describe);
            };
        }
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        // Records lag behind a clock that goes on, and watermarks promise less than is true: so some come late.
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of("a", "b", "c", ""),
                        Arbitraries.longs().between(-20, 20),
                        Arbitraries.longs().between(0, 100))
                .as(Step::new);
        Arbitrary<List<Step>> steps = step.list().ofMaxSize(60).map(WindowModelTest::overTime);
        return Combinators.combine(
                        Arbitraries.longs().between(1, 25),
                        Arbitraries.longs().between(1, 25),
                        Arbitraries.integers().between(0, 2),
                        steps)
                .as(Scenario::new);
    }

    private static List<Step> overTime(List<Step> lags) {
        List<Step> steps = new ArrayList<>();
        long watermark = Timestamps.NONE;
        for (int i = 0; i < lags.size(); i++) {
            Step lag = lags.get(i);
            long time = 2L * i + lag.time() - 15;
            if (!lag.isWatermark()) {
                steps.add(new Step(lag.key(), time, lag.number()));
            } else if (time > watermark) {
                watermark = time;
                steps.add(new Step("", time, 0));
            }
        }
        return steps;
    }

    @Property
    void windowsEmitWhatTheyHold(@ForAll("scenarios") Scenario scenario) throws Exception {
        OperatorHarness harness = OperatorHarness.keyed(scenario.operator());
        run(harness, scenario.steps(), false);
        finish(harness);
        Model model = new Model(scenario);
        assertThat(sorted(harness.emitted())).isEqualTo(sorted(model.results));
        assertThat(harness.side("late")).isEqualTo(model.late);
        assertThat(harness.stateSize()).isZero();
        assertThat(harness.emitted().stream().map(one -> ((Emitted) one).timestamp()))
                .as("results come in the order of time")
                .isSorted();
    }

    @Property
    void stoppingAtAFullOutputChangesNothing(@ForAll("scenarios") Scenario scenario) throws Exception {
        OperatorHarness straight = OperatorHarness.keyed(scenario.operator());
        run(straight, scenario.steps(), false);
        finish(straight);
        OperatorHarness halting = OperatorHarness.keyed(scenario.operator());
        run(halting, scenario.steps(), true);
        finish(halting);
        assertThat(halting.emitted()).isEqualTo(straight.emitted());
        assertThat(halting.side("late")).isEqualTo(straight.side("late"));
    }

    @Property
    void aRestoreAtAnyPointChangesNothing(
            @ForAll("scenarios") Scenario scenario,
            @ForAll @DoubleRange(min = 0, max = 0.99) double where,
            @ForAll boolean amidFiring)
            throws Exception {
        OperatorHarness straight = OperatorHarness.keyed(scenario.operator());
        run(straight, scenario.steps(), false);
        finish(straight);

        int cut = (int) (where * (scenario.steps().size() + 1));
        OperatorHarness before = OperatorHarness.keyed(scenario.operator());
        run(before, scenario.steps().subList(0, cut), false);
        if (amidFiring) {
            // The barrier comes while the operator waits for room.
            before.setRoom(1);
            before.advance(Timestamps.END - 1);
        }
        OperatorHarness after = OperatorHarness.keyed(scenario.operator(), before.snapshot(1));
        List<Object> emitted = new ArrayList<>(before.emitted());
        if (amidFiring) {
            after.advance(Timestamps.END - 1);
            before.goOn();
            emitted.addAll(after.emitted());
            assertThat(emitted).isEqualTo(before.emitted());
        } else {
            run(after, scenario.steps().subList(cut, scenario.steps().size()), false);
            finish(after);
            emitted.addAll(after.emitted());
            assertThat(emitted).isEqualTo(straight.emitted());
        }
    }

    private static void run(OperatorHarness harness, List<Step> steps, boolean halting) throws Exception {
        for (Step step : steps) {
            if (!step.isWatermark()) {
                harness.process(step.key(), step, step.time());
            } else if (halting) {
                harness.advanceBySteps(step.time());
            } else {
                assertThat(harness.advance(step.time())).isTrue();
            }
        }
    }

    private static void finish(OperatorHarness harness) throws Exception {
        assertThat(harness.advance(Timestamps.END)).isTrue();
    }

    private static List<String> sorted(List<?> elements) {
        List<String> texts =
                new ArrayList<>(elements.stream().map(Object::toString).toList());
        Collections.sort(texts);
        return texts;
    }

    /** The brute force: each record against every window that could hold it. */
    private static final class Model {
        private final List<Emitted> results = new ArrayList<>();
        private final List<Emitted> late = new ArrayList<>();

        private Model(Scenario scenario) {
            Map<String, Map<Long, Long>> sums = new TreeMap<>();
            long watermark = Timestamps.NONE;
            for (Step step : scenario.steps()) {
                if (step.isWatermark()) {
                    watermark = step.time();
                } else {
                    add(scenario, step, watermark, sums);
                }
            }
            sums.forEach((key, windows) -> windows.forEach((start, sum) ->
                    results.add(new Emitted(key + " " + start + " " + sum, start + scenario.size() - 1))));
        }

        private void add(Scenario scenario, Step step, long watermark, Map<String, Map<Long, Long>> sums) {
            int all = 0;
            int gone = 0;
            for (long start = -200 * scenario.slide(); start <= step.time(); start += scenario.slide()) {
                boolean inside = step.time() < start + scenario.size();
                boolean open = start + scenario.size() - 1 > watermark;
                all += inside ? 1 : 0;
                gone += inside && !open ? 1 : 0;
                if (inside && open) {
                    sums.computeIfAbsent(step.key(), ignored -> new TreeMap<>()).merge(start, step.number(), Long::sum);
                }
            }
            if (all > 0 && gone == all) {
                late.add(new Emitted(step, step.time()));
            }
        }
    }

    private static final class Sum implements AggregateFunction<Step, long[], Long> {
        @Override
        public long[] createAccumulator() {
            return new long[1];
        }

        @Override
        public long[] add(Step record, long[] accumulator) {
            accumulator[0] += record.number();
            return accumulator;
        }

        @Override
        public Long getResult(long[] accumulator) {
            return accumulator[0];
        }

        @Override
        public long[] merge(long[] left, long[] right) {
            return new long[] {left[0] + right[0]};
        }
    }
}
