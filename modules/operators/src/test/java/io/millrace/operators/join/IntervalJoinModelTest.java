// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.graph.JoinBounds;
import io.millrace.api.graph.JoinKind;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The join against the definition: every left record beside every right one. */
class IntervalJoinModelTest {
    private static final int SEEDS = 2_000;
    private static final OutputTag<String> LATE_LEFT = new OutputTag<>("late left", String.class);
    private static final OutputTag<String> LATE_RIGHT = new OutputTag<>("late right", String.class);
    private static final ProcessJoinFunction<String, String, String> PAIR =
            (left, right, context, out) -> out.collect(left + "+" + right + "@" + context.timestamp());

    /** A record, or a watermark where there is no key. */
    private record Step(String key, boolean left, String value, long time) {
        boolean isWatermark() {
            return key.isEmpty();
        }
    }

    /** What a seed makes of a test. */
    private record Scenario(JoinKind kind, JoinBounds bounds, List<Step> steps) {
        static Scenario of(Random random) {
            long lower = random.nextInt(60) - 30;
            JoinBounds bounds = new JoinBounds(lower, lower + random.nextInt(30));
            List<Step> steps = new ArrayList<>();
            int count = random.nextInt(80);
            long watermark = Timestamps.NONE;
            for (int i = 0; i < count; i++) {
                long time = i + random.nextInt(40) - 30;
                if (random.nextInt(5) > 0) {
                    String key = random.nextBoolean() ? "a" : "b";
                    steps.add(new Step(key, random.nextBoolean(), key + i, time));
                } else if (time > watermark) {
                    watermark = time;
                    steps.add(new Step("", false, "", time));
                }
            }
            return new Scenario(JoinKind.values()[random.nextInt(4)], bounds, steps);
        }

        OperatorHarness harness(OperatorHarness.Pending restored) throws Exception {
            OperatorSpec.IntervalJoinSpec spec =
                    new OperatorSpec.IntervalJoinSpec(kind, bounds, null, null, LATE_LEFT, LATE_RIGHT, PAIR, PAIR);
            return OperatorHarness.keyed(
                    JoinOperators.create(spec, Codecs::forTypeOrSelfDescribing),
                    restored == null ? null : restored.copy());
        }
    }

    /** By definition: a pair for all that are near enough and in time, then those that had no partner. */
    private static final class Model {
        private final List<String> results = new ArrayList<>();
        private final List<String> late = new ArrayList<>();

        private Model(Scenario scenario) {
            List<Step> inTime = new ArrayList<>();
            long watermark = Timestamps.NONE;
            for (Step step : scenario.steps) {
                if (step.isWatermark()) {
                    watermark = step.time;
                } else if (step.time <= watermark) {
                    late.add(step.value);
                } else {
                    inTime.add(step);
                }
            }
            List<Step> lefts = inTime.stream().filter(Step::left).toList();
            List<Step> rights = inTime.stream().filter(step -> !step.left).toList();
            List<Step> lonely = new ArrayList<>(inTime);
            for (Step left : lefts) {
                for (Step right : rights) {
                    long distance = right.time - left.time;
                    if (left.key.equals(right.key)
                            && distance >= scenario.bounds.lower()
                            && distance <= scenario.bounds.upper()) {
                        results.add(left.value + "+" + right.value + "@" + Math.max(left.time, right.time));
                        lonely.remove(left);
                        lonely.remove(right);
                    }
                }
            }
            for (Step step : lonely) {
                if (step.left && scenario.kind.keepsLeft()) {
                    long certain = step.time + scenario.bounds.upper();
                    results.add(step.value + "+null@" + Math.max(certain, step.time));
                } else if (!step.left && scenario.kind.keepsRight()) {
                    long certain = step.time - scenario.bounds.lower();
                    results.add("null+" + step.value + "@" + Math.max(certain, step.time));
                }
            }
        }
    }

    @Test
    void joinsWhatBelongsTogether() throws Exception {
        for (int seed = 1; seed < SEEDS; seed++) {
            Scenario scenario = Scenario.of(random(seed));
            OperatorHarness harness = scenario.harness(null);
            run(harness, scenario.steps, false);
            harness.advance(Timestamps.END);
            Model model = new Model(scenario);
            assertThat(sorted(harness.records())).as("seed %d", seed).isEqualTo(sorted(model.results));
            assertThat(lateOf(harness)).as("seed %d", seed).isEqualTo(sorted(model.late));
            assertThat(harness.stateSize()).as("seed %d", seed).isZero();
            assertThat(harness.pauses()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void noResultIsLate() throws Exception {
        for (int seed = 1; seed < SEEDS; seed++) {
            Scenario scenario = Scenario.of(random(seed));
            OperatorHarness harness = scenario.harness(null);
            long watermark = Timestamps.NONE;
            for (Step step : scenario.steps) {
                int before = harness.emitted().size();
                run(harness, List.of(step), false);
                for (Object emitted :
                        harness.emitted().subList(before, harness.emitted().size())) {
                    // The watermark goes on behind what it fired.
                    assertThat(((Emitted) emitted).timestamp())
                            .as("seed %d", seed)
                            .isGreaterThan(watermark);
                }
                watermark = step.isWatermark() ? step.time : watermark;
            }
        }
    }

    @Test
    void aRestoreHalfWayThroughAFullOutputChangesNothing() throws Exception {
        for (int seed = 1; seed < SEEDS; seed++) {
            Random random = random(seed);
            Scenario scenario = Scenario.of(random);
            int cut = random.nextInt(scenario.steps.size() + 1);
            OperatorHarness before = scenario.harness(null);
            run(before, scenario.steps.subList(0, cut), random.nextBoolean());
            OperatorHarness after = scenario.harness(before.barrier(1));
            List<Object> all = new ArrayList<>(before.records());
            run(after, scenario.steps.subList(cut, scenario.steps.size()), random.nextBoolean());
            after.advance(Timestamps.END);
            all.addAll(after.records());
            Model model = new Model(scenario);
            assertThat(sorted(all)).as("seed %d", seed).isEqualTo(sorted(model.results));
        }
    }

    @Test
    void aCheckpointHoldsARecordThatHasMetHalfItsPartners() throws Exception {
        Scenario scenario = new Scenario(JoinKind.FULL, new JoinBounds(-10, 10), List.of());
        OperatorHarness before = scenario.harness(null);
        for (int i = 0; i < 9; i++) {
            before.processInput(0, "a", "left" + i, i);
        }
        before.setRoom(4);
        before.processInput(1, "a", "right", 4);
        assertThat(before.records()).hasSize(4);
        assertThat(before.pauses()).isOne();
        OperatorHarness after = scenario.harness(before.barrier(1));
        assertThat(after.pauses()).isOne();
        after.passTime(Duration.ofMillis(1));
        assertThat(after.records()).hasSize(5).doesNotContainAnyElementsOf(before.records());
        assertThat(after.pauses()).isZero();
        after.advance(Timestamps.END);
        assertThat(after.records()).as("all had a partner").hasSize(5);
    }

    /** A batch ends with its watermark, also where its last record has stopped half way. */
    @Test
    void aWatermarkWaitsForARecordThatHasMetHalfItsPartners() throws Exception {
        for (boolean halting : List.of(false, true)) {
            Scenario scenario = new Scenario(JoinKind.FULL, new JoinBounds(-10, 10), List.of());
            OperatorHarness harness = scenario.harness(null);
            for (int i = 0; i < 9; i++) {
                harness.processInput(0, "a", "left" + i, i);
            }
            harness.setRoom(4);
            harness.processInput(1, "a", "right", 4);
            harness.setRoom(0);
            assertThat(harness.advance(30)).isFalse();
            if (halting) {
                harness.advanceBySteps(30);
            } else {
                harness.setRoom(Integer.MAX_VALUE);
                assertThat(harness.advance(30)).isTrue();
            }
            harness.passTime(Duration.ofMillis(1));
            assertThat(harness.records())
                    .as("nine pairs, and nobody without a partner")
                    .hasSize(9)
                    .allSatisfy(pair -> assertThat(pair.toString()).endsWith("+right@" + timeOf(pair)));
            assertThat(harness.pauses()).isZero();
            assertThat(harness.stateSize()).isZero();
        }
    }

    @Test
    void aRestoredWatermarkWaitsForARecordThatHasMetHalfItsPartners() throws Exception {
        Scenario scenario = new Scenario(JoinKind.LEFT, new JoinBounds(-10, 10), List.of());
        OperatorHarness before = scenario.harness(null);
        for (int i = 0; i < 3; i++) {
            before.processInput(0, "a", "left" + i, i);
        }
        before.setRoom(1);
        before.processInput(1, "a", "right", 4);
        assertThat(before.advance(30)).isFalse();
        OperatorHarness after = scenario.harness(before.barrier(1));
        after.advance(30);
        after.passTime(Duration.ofMillis(1));
        assertThat(after.records()).containsExactlyInAnyOrder("left1+right@4", "left2+right@4");
        assertThat(after.pauses()).isZero();
        assertThat(after.stateSize()).isZero();
    }

    @Test
    void lateRecordsAreSampled() throws Exception {
        OperatorSpec.IntervalJoinSpec spec = new OperatorSpec.IntervalJoinSpec(
                JoinKind.INNER, new JoinBounds(-10, 10), null, null, null, null, PAIR, PAIR);
        OperatorHarness harness = OperatorHarness.keyed(JoinOperators.create(spec, Codecs::forTypeOrSelfDescribing));
        harness.advance(5);
        harness.processInput(1, "a", "right", 5);
        assertThat(harness.lateRecords()).isOne();
        assertThat(harness.lateRecordSample()).hasSize(1);
    }

    private static long timeOf(Object pair) {
        return Math.max(4, Long.parseLong(pair.toString().replaceAll("left([0-9]+).*", "$1")));
    }

    private static void run(OperatorHarness harness, List<Step> steps, boolean halting) throws Exception {
        harness.passTime(Duration.ofMillis(1));
        for (Step step : steps) {
            if (halting) {
                harness.setRoom(1);
            }
            if (!step.isWatermark()) {
                harness.processInput(step.left ? 0 : 1, step.key, step.value, step.time);
                while (harness.pauses() > 0) {
                    harness.setRoom(halting ? 1 : Integer.MAX_VALUE);
                    harness.passTime(Duration.ofMillis(1));
                    harness.goOnWaking();
                }
            } else if (halting) {
                harness.advanceBySteps(step.time);
            } else {
                assertThat(harness.advance(step.time)).isTrue();
            }
        }
        harness.setRoom(Integer.MAX_VALUE);
    }

    /** Generators begin alike for seeds that are near each other, so they are scattered. */
    private static Random random(int seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private static List<String> lateOf(OperatorHarness harness) {
        List<Emitted> late = new ArrayList<>(harness.side("late left"));
        late.addAll(harness.side("late right"));
        return sorted(late.stream().map(Emitted::record).toList());
    }

    private static List<String> sorted(List<?> elements) {
        List<String> texts =
                new ArrayList<>(elements.stream().map(Object::toString).toList());
        Collections.sort(texts);
        return texts;
    }
}
