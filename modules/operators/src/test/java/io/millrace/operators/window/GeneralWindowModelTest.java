// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.window.WindowScenario.Step;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateSnapshot;
import io.millrace.state.memory.MemoryStateBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Windows of all assigners, triggers, evictors, bodies and latenesses, with stops at full outputs and restores at any
 * moment, against {@link WindowModel}.
 */
class GeneralWindowModelTest {
    private static final int CASES = 3_000;
    private static final Codecs CODECS = new Codecs(Map.of());
    private static final KeyCodec<Object> KEYS = keyCodec();

    private final List<Emitted> emitted = new ArrayList<>();
    private final List<Emitted> late = new ArrayList<>();
    private WindowScenario scenario;
    private Random random;
    private KeyedStateBackend backend;
    private OperatorHarness harness;
    private long watermark;
    private long clock;

    @Test
    @Timeout(120)
    void windowsDoWhatTheirDefinitionsSay() throws Exception {
        for (long seed = 0; seed < CASES; seed++) {
            scenario = WindowScenario.of(seed);
            random = new Random(~seed * 0x9E3779B97F4A7C15L);
            emitted.clear();
            late.clear();
            try {
                run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Scenario " + scenario, e);
            }
        }
    }

    private void run() throws Exception {
        WindowModel model = new WindowModel(scenario);
        watermark = Timestamps.NONE;
        clock = 1_000;
        open(createBackend());
        int cut = random.nextInt(2 * scenario.steps().size() + 1);
        for (int i = 0; i < scenario.steps().size(); i++) {
            if (i == cut) {
                restore(i);
            }
            step(scenario.steps().get(i));
        }
        end();
        take();
        Map<String, List<Emitted>> byKey = new TreeMap<>();
        for (Emitted one : emitted) {
            String key = one.record().toString().substring(0, 1);
            byKey.computeIfAbsent(key, ignored -> new ArrayList<>()).add(ordered(one));
        }
        model.results.values().forEach(ofKey -> ofKey.replaceAll(this::ordered));
        assertThat(byKey).isEqualTo(model.results);
        assertThat(late).isEqualTo(model.late);
        if (scenario.assigner() != WindowScenario.Assigner.GLOBAL) {
            assertThat(backend.size()).isZero();
        }
    }

    private Emitted ordered(Emitted one) {
        if (!scenario.inNoOrder()) {
            return one;
        }
        char[] letters = one.record().toString().toCharArray();
        Arrays.sort(letters);
        return new Emitted(new String(letters), one.timestamp());
    }

    private void open(KeyedStateBackend state) throws Exception {
        backend = state;
        harness = OperatorHarness.keyed(scenario.operator(), state, watermark);
        harness.passTime(Duration.ofMillis(clock - 1_000));
    }

    private void step(Step step) throws Exception {
        if (!step.isTime()) {
            // A window may be over in the millisecond in which its last record came.
            harness.passTime(Duration.ZERO);
            harness.process(step.key(), KEYS.hash(step.key()), step, step.time());
        } else if (scenario.eventTime()) {
            watermark = step.time();
            advance();
        } else {
            passTimeTo(step.time());
        }
    }

    private void advance() throws Exception {
        if (random.nextBoolean()) {
            harness.advanceBySteps(watermark);
        } else {
            assertThat(harness.advance(watermark)).isTrue();
        }
    }

    private void passTimeTo(long time) throws Exception {
        // A trigger that asks for the next interval would find the clock further on after a stop.
        boolean stops = scenario.trigger() != WindowScenario.TriggerKind.CONTINUOUS && random.nextBoolean();
        harness.setRoom(stops ? random.nextInt(2) : Integer.MAX_VALUE);
        harness.passTime(Duration.ofMillis(time - clock));
        harness.goOnWaking();
        harness.setRoom(Integer.MAX_VALUE);
        clock = time;
    }

    private void end() throws Exception {
        watermark = Timestamps.END;
        advance();
        do {
            harness.setRoom(1 + random.nextInt(3));
        } while (!harness.endInput());
    }

    /** Goes on from a snapshot that is written only after the operator has worked on. */
    private void restore(int next) throws Exception {
        Step step = scenario.steps().get(next);
        if (step.isTime() && scenario.eventTime()) {
            // The barrier comes while the operator waits for room.
            watermark = step.time();
            harness.setRoom(random.nextInt(3));
            harness.advance(watermark);
        }
        take();
        KeyedStateBackend restored = createBackend();
        try (StateSnapshot snapshot = backend.snapshot()) {
            workOn(next);
            HeapRun run = new HeapRun();
            snapshot.writeTo(run);
            restored.restore(run.reader());
        }
        open(restored);
    }

    /** What a subtask does after the barrier, before it fails. */
    private void workOn(int next) throws Exception {
        harness.setRoom(Integer.MAX_VALUE);
        harness.goOn();
        for (Step step : scenario.steps().subList(next, scenario.steps().size())) {
            if (!step.isTime()) {
                harness.process(step.key(), KEYS.hash(step.key()), step, step.time());
            } else if (scenario.eventTime()) {
                harness.advance(step.time());
            }
        }
    }

    private void take() {
        harness.emitted().forEach(one -> emitted.add((Emitted) one));
        harness.emitted().clear();
        if (!harness.side("late").isEmpty()) {
            late.addAll(harness.side("late"));
            harness.side("late").clear();
        }
    }

    private static KeyedStateBackend createBackend() {
        return new MemoryStateBackend()
                .create(new KeyedStateSettings("windows", 16, 0, 16, KEYS, CODECS::forType, Specialiser.ordinary()));
    }

    @SuppressWarnings("unchecked")
    private static KeyCodec<Object> keyCodec() {
        return (KeyCodec<Object>) (KeyCodec<?>) CODECS.forKey(TypeHint.of(String.class));
    }
}
