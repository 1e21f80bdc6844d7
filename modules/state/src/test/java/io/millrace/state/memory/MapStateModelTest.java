// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Map state against {@link HashMap}: any calls, with snapshots, and restores from them, anywhere among them. */
class MapStateModelTest {
    private static final MapStateDescriptor<Long, Counter> COUNTERS =
            new MapStateDescriptor<>("counters", Long.class, Counter.class);
    private static final int STREAM_KEYS = 3;

    @Property(tries = 300)
    void mapStateIsAHashMapAKey(@ForAll long seed) {
        Run run = new Run(new Random(seed));
        for (int i = 0; i < 400; i++) {
            run.step();
        }
        run.check(run.backend, run.model);
        run.recover();
        run.check(run.backend, run.model);
    }

    private static final class Run {
        private final Random random;
        private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
        private KeyedStateBackend backend = fixture.backend();
        private MapState<Long, Counter> state = backend.mapState(COUNTERS);
        private Map<Long, Map<Long, Long>> model = new HashMap<>();
        private StateSnapshot open;
        private Map<Long, Map<Long, Long>> modelAtOpen = new HashMap<>();
        private final int mapKeys;

        Run(Random random) {
            this.random = random;
            this.mapKeys = random.nextBoolean() ? 6 : 60;
        }

        void step() {
            long streamKey = random.nextInt(STREAM_KEYS);
            long key = random.nextInt(mapKeys) - mapKeys / 2;
            long number = random.nextInt(100);
            fixture.select(backend, streamKey);
            Map<Long, Long> map = model.computeIfAbsent(streamKey, ignored -> new HashMap<>());
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 -> {
                    state.put(key, new Counter(number));
                    map.put(key, number);
                }
                case 4 -> {
                    state.putAll(Map.of(key, new Counter(number), key + 1, new Counter(number)));
                    map.putAll(Map.of(key, number, key + 1, number));
                }
                case 5, 6 -> {
                    state.remove(key);
                    map.remove(key);
                }
                case 7 -> addTo(key, map, number);
                case 8 -> assertThat(state.contains(key)).isEqualTo(map.containsKey(key));
                case 9 -> addToAll(map, number);
                case 10 -> removeSome(map);
                case 11 ->
                    rarely(() -> {
                        state.clear();
                        map.clear();
                    });
                case 12 -> rarely(this::takeSnapshot);
                default -> rarely(this::recover);
            }
            fixture.select(backend, streamKey);
            assertThat(state.isEmpty())
                    .isEqualTo(model.getOrDefault(streamKey, Map.of()).isEmpty());
        }

        private void rarely(Runnable action) {
            if (random.nextInt(4) == 0) {
                action.run();
            }
        }

        private void addTo(long key, Map<Long, Long> map, long number) {
            Counter counter = state.get(key);
            assertThat(counter == null).isEqualTo(!map.containsKey(key));
            if (counter != null) {
                counter.add(number);
                map.merge(key, number, Long::sum);
            }
        }

        private void addToAll(Map<Long, Long> map, long number) {
            for (Map.Entry<Long, Counter> entry : state.entries()) {
                entry.getValue().add(number);
            }
            map.replaceAll((key, value) -> value + number);
        }

        private void removeSome(Map<Long, Long> map) {
            long rest = random.nextInt(3);
            Iterator<Long> keys = state.keys().iterator();
            while (keys.hasNext()) {
                if (Math.floorMod(keys.next(), 3L) == rest) {
                    keys.remove();
                }
            }
            map.keySet().removeIf(key -> Math.floorMod(key, 3L) == rest);
        }

        private void takeSnapshot() {
            if (open != null) {
                KeyedStateBackend restored = fixture.restored(fixture.write(open));
                open.close();
                check(restored, modelAtOpen);
            }
            open = backend.snapshot();
            modelAtOpen = copyOf(model);
        }

        /** A crash: what was since the last snapshot is lost. */
        void recover() {
            if (open == null) {
                takeSnapshot();
            }
            backend = fixture.restored(fixture.write(open));
            open = null;
            model = copyOf(modelAtOpen);
            state = backend.mapState(COUNTERS);
        }

        private static Map<Long, Map<Long, Long>> copyOf(Map<Long, Map<Long, Long>> model) {
            Map<Long, Map<Long, Long>> copy = new HashMap<>();
            model.forEach((key, map) -> copy.put(key, new HashMap<>(map)));
            return copy;
        }

        void check(KeyedStateBackend of, Map<Long, Map<Long, Long>> expected) {
            MapState<Long, Counter> found = of.mapState(COUNTERS);
            long size = 0;
            for (long streamKey = 0; streamKey < STREAM_KEYS; streamKey++) {
                fixture.select(of, streamKey);
                Map<Long, String> texts = new TreeMap<>();
                found.forEach(
                        entry -> texts.put(entry.getKey(), entry.getValue().toString()));
                Map<Long, String> expectedTexts = new TreeMap<>();
                expected.getOrDefault(streamKey, Map.of())
                        .forEach((key, value) -> expectedTexts.put(key, "counter " + value));
                assertThat(texts).isEqualTo(expectedTexts);
                size += texts.size();
            }
            assertThat(of.size()).isEqualTo(size);
        }
    }
}
