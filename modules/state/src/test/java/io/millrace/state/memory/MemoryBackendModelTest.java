// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import io.millrace.state.TimerQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The backend against plain maps, step by step. Snapshots are taken anywhere and written later, after other changes;
 * each must hold what was there when it was taken.
 */
class MemoryBackendModelTest {
    private enum Verb {
        PUT_LONG,
        CLEAR_LONG,
        PUT_COUNTER,
        ADD_TO_COUNTER,
        CLEAR_COUNTER,
        APPEND_LONG,
        REPLACE_LONGS,
        CLEAR_LONGS,
        APPEND_COUNTER,
        ADD_TO_LAST_COUNTER,
        PUT_WINDOW,
        ADD_TO_WINDOW,
        REMOVE_WINDOW,
        APPEND_PANE,
        REMOVE_PANE,
        SET_TIMER,
        REMOVE_TIMER,
        POLL_TIMERS,
        TAKE_SNAPSHOT,
        WRITE_SNAPSHOT,
        CLOSE_SNAPSHOT
    }

    private record Step(Verb verb, long key, String namespace, long number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.longs().between(0, States.KEYS - 1),
                        Arbitraries.of(States.NAMESPACES),
                        Arbitraries.longs().between(-3, 6))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(150);
    }

    @Property(tries = 400)
    void theBackendAndItsSnapshotsAgreeWithMaps(@ForAll("steps") List<Step> steps, @ForAll boolean collidingHashes) {
        new Run(collidingHashes).play(steps);
    }

    /** One play of the steps. */
    private static final class Run {
        private final BackendFixture fixture;
        private final BackendModel model;
        private final States states;
        private StateSnapshot open;
        private Map<String, String> expectedOfOpen;
        private List<BackendModel.Timer> expectedTimersOfOpen;

        Run(boolean collidingHashes) {
            fixture = new BackendFixture(collidingHashes ? TestCodecs.collidingKeys() : TestCodecs.longKeys());
            model = new BackendModel(fixture);
            states = new States(fixture, fixture.backend());
        }

        void play(List<Step> steps) {
            for (Step step : steps) {
                states.select(step.key);
                play(step);
            }
            writeSnapshot();
            assertThat(states.backend.size()).isEqualTo(model.size());
            assertThat(states.dump()).isEqualTo(model.dump());
            takeSnapshot();
            writeSnapshot();
            assertThat(pollAll(states.timers, Long.MAX_VALUE)).isEqualTo(model.timersInOrder());
        }

        private void play(Step step) {
            switch (step.verb) {
                case TAKE_SNAPSHOT -> takeSnapshot();
                case WRITE_SNAPSHOT -> writeSnapshot();
                case CLOSE_SNAPSHOT -> closeSnapshot();
                case SET_TIMER, REMOVE_TIMER, POLL_TIMERS -> playTimers(step);
                case PUT_WINDOW, ADD_TO_WINDOW, REMOVE_WINDOW, APPEND_PANE, REMOVE_PANE -> playNamespaced(step);
                case APPEND_LONG, REPLACE_LONGS, CLEAR_LONGS, APPEND_COUNTER, ADD_TO_LAST_COUNTER -> playLists(step);
                default -> playValues(step);
            }
        }

        private void playValues(Step step) {
            switch (step.verb) {
                case PUT_LONG -> {
                    states.longs.update(step.number);
                    model.longs.put(step.key, step.number);
                }
                case CLEAR_LONG -> {
                    states.longs.clear();
                    model.longs.remove(step.key);
                }
                case PUT_COUNTER -> {
                    states.counters.update(new Counter(step.number));
                    model.counters.put(step.key, step.number);
                }
                case ADD_TO_COUNTER -> {
                    Counter counter = states.counters.value();
                    assertThat(counter == null).isEqualTo(model.counters.get(step.key) == null);
                    if (counter != null) {
                        counter.add(step.number);
                        model.counters.merge(step.key, step.number, Long::sum);
                    }
                }
                case CLEAR_COUNTER -> {
                    states.counters.update(null);
                    model.counters.remove(step.key);
                }
                default -> throw new AssertionError(step);
            }
        }

        private void playLists(Step step) {
            switch (step.verb) {
                case APPEND_LONG -> {
                    states.longLists.add(step.number);
                    model.longLists
                            .computeIfAbsent(step.key, key -> new ArrayList<>())
                            .add(step.number);
                }
                case REPLACE_LONGS -> {
                    List<Long> tail = states.longLists.get();
                    tail = tail.subList(tail.size() / 2, tail.size());
                    states.longLists.update(tail);
                    List<Long> old = model.longLists.getOrDefault(step.key, List.of());
                    model.longLists.put(step.key, new ArrayList<>(old.subList(old.size() / 2, old.size())));
                    model.longLists.values().removeIf(List::isEmpty);
                }
                case CLEAR_LONGS -> {
                    states.longLists.clear();
                    model.longLists.remove(step.key);
                }
                case APPEND_COUNTER -> {
                    states.counterLists.add(new Counter(step.number));
                    model.counterLists
                            .computeIfAbsent(step.key, key -> new ArrayList<>())
                            .add(step.number);
                }
                case ADD_TO_LAST_COUNTER -> {
                    List<Counter> counters = states.counterLists.get();
                    if (!counters.isEmpty()) {
                        counters.get(counters.size() - 1).add(step.number);
                        List<Long> old = model.counterLists.get(step.key);
                        old.set(old.size() - 1, old.get(old.size() - 1) + step.number);
                    }
                }
                default -> throw new AssertionError(step);
            }
        }

        private void playNamespaced(Step step) {
            String name = step.key + step.namespace;
            switch (step.verb) {
                case PUT_WINDOW -> {
                    states.windows.put(step.namespace, new Counter(step.number));
                    model.windows.put(name, step.number);
                }
                case ADD_TO_WINDOW -> {
                    Counter counter = states.windows.get(step.namespace);
                    if (counter != null) {
                        counter.add(step.number);
                        model.windows.merge(name, step.number, Long::sum);
                    }
                }
                case REMOVE_WINDOW -> {
                    states.windows.remove(step.namespace);
                    model.windows.remove(name);
                }
                case APPEND_PANE -> {
                    states.panes.add(step.namespace, step.number);
                    model.panes.computeIfAbsent(name, n -> new ArrayList<>()).add(step.number);
                }
                case REMOVE_PANE -> {
                    states.panes.remove(step.namespace);
                    model.panes.remove(name);
                }
                default -> throw new AssertionError(step);
            }
        }

        private void playTimers(Step step) {
            BackendModel.Timer timer = new BackendModel.Timer(step.number, step.key, step.namespace);
            switch (step.verb) {
                case SET_TIMER -> {
                    states.timers.add(step.number, step.namespace);
                    model.timers.add(timer);
                }
                case REMOVE_TIMER -> {
                    states.timers.remove(step.number, step.namespace);
                    model.timers.remove(timer);
                }
                case POLL_TIMERS -> {
                    List<BackendModel.Timer> expected = model.timersInOrder();
                    expected.removeIf(other -> other.timestamp() > step.number);
                    assertThat(pollAll(states.timers, step.number)).isEqualTo(expected);
                    expected.forEach(model.timers::remove);
                }
                default -> throw new AssertionError(step);
            }
            assertThat(states.timers.size()).isEqualTo(model.timers.size());
        }

        private void takeSnapshot() {
            writeSnapshot();
            open = states.backend.snapshot();
            expectedOfOpen = model.dump();
            expectedTimersOfOpen = model.timersInOrder();
        }

        private void closeSnapshot() {
            if (open != null) {
                open.close();
                open = null;
            }
        }

        private void writeSnapshot() {
            if (open == null) {
                return;
            }
            StoredFile run = fixture.write(open);
            closeSnapshot();
            KeyedStateBackend restored = fixture.restored(run);
            States again = new States(fixture, restored);
            assertThat(restored.undeclaredStates()).isEmpty();
            assertThat(again.dump()).isEqualTo(expectedOfOpen);
            // The same state has the same bytes, whichever backend writes it.
            assertThat(fixture.storage.bytes(fixture.write(restored))).isEqualTo(fixture.storage.bytes(run));
            assertThat(pollAll(again.timers, Long.MAX_VALUE)).isEqualTo(expectedTimersOfOpen);
        }

        private static List<BackendModel.Timer> pollAll(TimerQueue<String> timers, long timestamp) {
            List<BackendModel.Timer> polled = new ArrayList<>();
            for (TimerQueue.Timer<String> timer = timers.pollUntil(timestamp);
                    timer != null;
                    timer = timers.pollUntil(timestamp)) {
                polled.add(new BackendModel.Timer(timer.timestamp(), (Long) timer.key(), timer.namespace()));
            }
            return polled;
        }
    }
}
