// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys with so many namespaces that chains become tables, and with few again. */
class NamespacesModelTest {
    private static final int KEYS = 2;
    private static final int NAMESPACES = 30;

    private enum Verb {
        PUT,
        ADD,
        PEEK,
        REMOVE,
        REMOVE_ALL_BUT,
        SNAPSHOT
    }

    private record Step(Verb verb, long key, long namespace, long number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(12, Verb.PUT),
                                net.jqwik.api.Tuple.of(6, Verb.ADD),
                                net.jqwik.api.Tuple.of(2, Verb.PEEK),
                                net.jqwik.api.Tuple.of(4, Verb.REMOVE),
                                net.jqwik.api.Tuple.of(1, Verb.REMOVE_ALL_BUT),
                                net.jqwik.api.Tuple.of(1, Verb.SNAPSHOT)),
                        Arbitraries.longs().between(0, KEYS - 1),
                        Arbitraries.longs().between(0, NAMESPACES - 1),
                        Arbitraries.longs().between(-9, 9))
                .as(Step::new)
                .list()
                .ofMaxSize(300);
    }

    @Property(tries = 200)
    void namespacesAndTheirSnapshotsAgreeWithAMap(@ForAll("steps") List<Step> steps) {
        Run run = new Run();
        steps.forEach(run::play);
        run.writeSnapshot();
        run.check();
        run.removeAllBut(0, -1);
        run.removeAllBut(1, -1);
        assertThat(run.backend.size()).isZero();
    }

    private static final class Run {
        private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
        private final KeyedStateBackend backend = fixture.backend();
        private final NamespacedValueState<Long, Counter> counters = counters(backend);
        private final Map<List<Long>, Long> model =
                new TreeMap<>(java.util.Comparator.<List<Long>, Long>comparing(key -> key.get(0))
                        .thenComparing(key -> key.get(1)));
        private StateSnapshot open;
        private Map<List<Long>, Long> expectedOfOpen;

        private static NamespacedValueState<Long, Counter> counters(KeyedStateBackend of) {
            return of.namespacedValue("c", new TestCodecs.LongCodec(), new TestCodecs.CounterCodec());
        }

        void play(Step step) {
            fixture.select(backend, step.key);
            List<Long> address = List.of(step.key, step.namespace);
            switch (step.verb) {
                case PUT -> {
                    counters.put(step.namespace, new Counter(step.number));
                    model.put(address, step.number);
                }
                case ADD -> {
                    Counter counter = counters.get(step.namespace);
                    if (counter != null) {
                        counter.add(step.number);
                        model.merge(address, step.number, Long::sum);
                    }
                }
                case PEEK -> assertThat(text(counters.peek(step.namespace))).isEqualTo(text(model.get(address)));
                case REMOVE -> {
                    counters.remove(step.namespace);
                    model.remove(address);
                }
                case REMOVE_ALL_BUT -> removeAllBut(step.key, step.namespace);
                case SNAPSHOT -> {
                    writeSnapshot();
                    open = backend.snapshot();
                    expectedOfOpen = new TreeMap<>(((TreeMap<List<Long>, Long>) model).comparator());
                    expectedOfOpen.putAll(model);
                }
                default -> throw new AssertionError(step);
            }
        }

        void removeAllBut(long key, long kept) {
            fixture.select(backend, key);
            for (long namespace = 0; namespace < NAMESPACES; namespace++) {
                if (namespace != kept) {
                    counters.remove(namespace);
                    model.remove(List.of(key, namespace));
                }
            }
        }

        void check() {
            assertThat(backend.size()).isEqualTo(model.size());
            check(backend, counters, model);
        }

        void writeSnapshot() {
            if (open == null) {
                return;
            }
            KeyedStateBackend restored = fixture.restored(fixture.write(open));
            open.close();
            open = null;
            check(restored, counters(restored), expectedOfOpen);
        }

        private void check(
                KeyedStateBackend of, NamespacedValueState<Long, Counter> state, Map<List<Long>, Long> expected) {
            for (long key = 0; key < KEYS; key++) {
                fixture.select(of, key);
                for (long namespace = 0; namespace < NAMESPACES; namespace++) {
                    assertThat(text(state.peek(namespace))).isEqualTo(text(expected.get(List.of(key, namespace))));
                }
            }
        }

        private static String text(Object counterOrCount) {
            if (counterOrCount == null) {
                return "none";
            }
            return counterOrCount instanceof Counter ? counterOrCount.toString() : "counter " + counterOrCount;
        }
    }
}
