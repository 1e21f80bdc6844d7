// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.serialization.CodecException;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import io.millrace.state.TimerQueue;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryKeyedStateBackendTest {
    private static final ValueStateDescriptor<Long> LONGS = new ValueStateDescriptor<>("longs", Long.class);
    private static final TestCodecs.StringCodec STRINGS = new TestCodecs.StringCodec();

    private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
    private final KeyedStateBackend backend = fixture.backend();

    @Test
    void namesItself() {
        assertThat(new MemoryStateBackend().name()).isEqualTo("memory");
    }

    @Test
    void theCurrentKeyIsWhatWasSet() {
        fixture.select(backend, 5);
        assertThat(backend.currentKey()).isEqualTo(5L);
        assertThat(backend.currentKeyHash()).isEqualTo(fixture.keyCodec.hash(5L));
    }

    @Test
    void stateWithoutACurrentKeyIsRefused() {
        ValueState<Long> longs = backend.valueState(LONGS);
        assertThatThrownBy(longs::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining("no key is current");
    }

    @Test
    void aKeyGroupOfAnotherSubtaskIsRefused() {
        KeyedStateBackend half = fixture.backend(4, 8);
        half.setCurrentKey(1L, BackendFixture.hashIn(4));
        half.setCurrentKey(1L, BackendFixture.hashIn(7));
        for (int keyGroup : new int[] {3, 8, 15}) {
            assertThatThrownBy(() -> half.setCurrentKey(77L, BackendFixture.hashIn(keyGroup)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'counts'")
                    .hasMessageContaining("key '77'")
                    .hasMessageContaining("key group " + keyGroup)
                    .hasMessageContaining("owns 4 up to, not including, 8 of 16");
        }
        assertThat(half.currentKey()).isEqualTo(1L);
    }

    @Test
    void settingsThatAreNoRangeAreRefused() {
        for (int[] range : new int[][] {{-1, 4}, {5, 4}, {0, 17}}) {
            assertThatThrownBy(() -> fixture.backend(range[0], range[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no range");
        }
        assertThatThrownBy(() -> new KeyedStateSettings(
                        "o", 0, 0, 0, fixture.keyCodec, TestCodecs::forType, BackendFixture.SPECIALISER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max parallelism");
    }

    @Test
    void theSameDeclarationGivesTheSameState() {
        fixture.select(backend, 1);
        backend.valueState(LONGS).update(9L);
        assertThat(backend.valueState(new ValueStateDescriptor<>("longs", Long.class))
                        .value())
                .isEqualTo(9L);
        assertThat(backend.size()).isEqualTo(1);
    }

    @Test
    void aNameInUseForAnotherTypeOrKindIsRefused() {
        backend.valueState(LONGS);
        assertThatThrownBy(() -> backend.valueState(new ValueStateDescriptor<>("longs", String.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining("state 'longs'")
                .hasMessageContaining("java.lang.Long")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> backend.listState(new ListStateDescriptor<>("longs", Long.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LIST");
        assertThatThrownBy(() -> backend.timers("longs", STRINGS)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> backend.namespacedValue("longs", STRINGS, new TestCodecs.LongCodec()))
                .isInstanceOf(IllegalStateException.class);
        backend.namespacedValue("windows", STRINGS, new TestCodecs.LongCodec());
        assertThatThrownBy(() ->
                        backend.namespacedValue("windows", new TestCodecs.LongCodec(), new TestCodecs.LongCodec()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTypeWithoutACodecIsAnErrorOfTheLookup() {
        assertThatThrownBy(() -> backend.valueState(new ValueStateDescriptor<>("x", Thread.class)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void noHashIsComputedForAKeyThatBringsItsOwn() {
        AtomicInteger hashes = new AtomicInteger();
        BackendFixture counting = new BackendFixture(TestCodecs.countingKeys(hashes));
        KeyedStateBackend counted = counting.backend();
        States states = new States(counting, counted);
        counted.setCurrentKey(1L, 3);
        states.longs.update(1L);
        states.longs.value();
        states.longLists.add(2L);
        states.windows.put("a", new Counter(3));
        states.timers.add(4, "a");
        assertThat(hashes).hasValue(0);
    }

    @Test
    void manyKeysComeAndGo() {
        Map<Long, Long> expected = new HashMap<>();
        ValueState<Long> longs = backend.valueState(LONGS);
        for (long key = 0; key < 20_000; key++) {
            fixture.select(backend, key);
            longs.update(key);
            expected.put(key, key);
            if (key % 3 != 0) {
                fixture.select(backend, key / 2);
                longs.clear();
                expected.remove(key / 2);
            }
        }
        assertThat(backend.size()).isEqualTo(expected.size());
        for (long key = 0; key < 20_000; key++) {
            fixture.select(backend, key);
            assertThat(longs.value()).isEqualTo(expected.get(key));
            longs.clear();
        }
        assertThat(backend.size()).isZero();
    }

    @Test
    void aMutableValueIsCopiedOnceAnIntervalAndOnlyWhileASnapshotIsOpen() {
        AtomicInteger copies = new AtomicInteger();
        NamespacedValueState<String, Counter> counters =
                backend.namespacedValue("c", STRINGS, new TestCodecs.CounterCodec(copies));
        fixture.select(backend, 1);
        counters.put("", new Counter(1));
        Counter before = counters.get("");
        StateSnapshot snapshot = backend.snapshot();
        Counter during = counters.get("");
        assertThat(during).isNotSameAs(before);
        assertThat(counters.get("")).isSameAs(during);
        assertThat(copies).hasValue(1);
        snapshot.close();
        backend.snapshot().close();
        assertThat(counters.get("")).isSameAs(during);
        assertThat(copies).hasValue(1);
    }

    @Test
    void aKeyThatHoldsNothingAnyMoreIsForgotten() {
        ValueState<Long> longs = backend.valueState(LONGS);
        ListState<Long> list = backend.listState(new ListStateDescriptor<>("l", Long.class));
        fixture.select(backend, 1);
        longs.update(5L);
        list.add(6L);
        longs.clear();
        assertThat(longs.value()).isNull();
        assertThat(list.get()).containsExactly(6L);
        list.clear();
        assertThat(backend.size()).isZero();
        assertThat(backend.currentKey()).isEqualTo(1L);
        longs.update(7L);
        assertThat(longs.value()).isEqualTo(7L);
        assertThat(list.get()).isEmpty();
    }

    @Test
    void aValueThatIsLeftAloneIsCopiedWithItsKeyAndNotForAnotherKey() {
        ValueState<Counter> counters = backend.valueState(new ValueStateDescriptor<>("c", Counter.class));
        ValueState<Long> longs = backend.valueState(LONGS);
        fixture.select(backend, 1);
        Counter counter = new Counter(1);
        counters.update(counter);
        longs.update(1L);
        try (StateSnapshot snapshot = backend.snapshot()) {
            longs.update(2L);
            assertThat(counters.value()).isNotSameAs(counter).hasToString("counter 1");
            counters.value().add(5);
            KeyedStateBackend restored = fixture.restored(fixture.write(snapshot));
            fixture.select(restored, 1);
            assertThat(restored.valueState(LONGS).value()).isEqualTo(1L);
            assertThat(restored.valueState(new ValueStateDescriptor<>("c", Counter.class))
                            .value())
                    .hasToString("counter 1");
        }
        assertThat(counters.value()).hasToString("counter 6");
    }

    @Test
    void timersOfManyTimesThatWereSetByTurnsComeInOrder() {
        TimerQueue<String> timers = backend.timers("t", STRINGS);
        int times = 2_000;
        for (String namespace : List.of("c", "a", "b")) {
            for (int time = 0; time < times; time++) {
                fixture.select(backend, 1);
                timers.addNew((time * 7) % times, namespace);
            }
        }
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        TimerQueue<String> again = restored.timers("t", STRINGS);
        for (TimerQueue<String> queue : List.of(timers, again)) {
            assertThat(queue.size()).isEqualTo(3 * times);
            assertThat(queue.pollUntil(-1)).isNull();
            for (int time = 0; time < times; time++) {
                for (String namespace : List.of("a", "b", "c")) {
                    TimerQueue.Timer<String> timer = queue.pollUntil(times);
                    assertThat(timer.timestamp()).isEqualTo(time);
                    assertThat(timer.namespace()).isEqualTo(namespace);
                }
            }
            assertThat(queue.size()).isZero();
            assertThat(queue.pollUntil(times)).isNull();
        }
    }

    @Test
    void timersAreRemovedWhereverTheyAre() {
        TimerQueue<String> timers = backend.timers("t", STRINGS);
        fixture.select(backend, 1);
        for (int i = 0; i < 6; i++) {
            timers.addNew(5, "n" + i);
        }
        timers.addNew(4, "n");
        timers.remove(4, "n");
        timers.remove(5, "n0");
        timers.remove(5, "n5");
        assertThat(timers.pollUntil(5).namespace()).isEqualTo("n1");
        timers.remove(5, "n2");
        timers.add(5, "n0");
        timers.add(5, "n3");
        assertThat(timers.size()).isEqualTo(3);
        assertThat(timers.pollUntil(5).namespace()).isEqualTo("n0");
        assertThat(timers.pollUntil(5).namespace()).isEqualTo("n3");
        timers.remove(5, "n4");
        assertThat(timers.pollUntil(5)).isNull();
        assertThat(timers.size()).isZero();
    }

    @Test
    void aListIsUnmodifiable() {
        ListState<Long> longs = backend.listState(new ListStateDescriptor<>("l", Long.class));
        fixture.select(backend, 1);
        longs.add(1L);
        assertThatThrownBy(() -> longs.get().add(2L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> longs.get().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(longs.get()).containsExactly(1L);
    }

    @Test
    void onlyOneSnapshotIsOpenAtATime() {
        StateSnapshot first = backend.snapshot();
        assertThatThrownBy(backend::snapshot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining("still open");
        first.close();
        first.close();
        backend.snapshot().close();
    }

    @Test
    void aSnapshotIsWrittenOnceAndNotAfterItWasClosed() {
        StateSnapshot written = backend.snapshot();
        fixture.write(written);
        assertThatThrownBy(() -> fixture.write(written)).isInstanceOf(IllegalStateException.class);
        written.close();
        StateSnapshot closed = backend.snapshot();
        closed.close();
        assertThatThrownBy(() -> fixture.write(closed))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("was closed before it was written");
    }

    @Test
    void aSnapshotOutlivesTheBackend() {
        fixture.select(backend, 1);
        backend.valueState(LONGS).update(5L);
        StateSnapshot snapshot = backend.snapshot();
        backend.close();
        KeyedStateBackend restored = fixture.restored(fixture.write(snapshot));
        fixture.select(restored, 1);
        assertThat(restored.valueState(LONGS).value()).isEqualTo(5L);
        assertThatThrownBy(backend::snapshot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after it was closed");
    }

    @Test
    void declaringStateKeepsTheCurrentKey() {
        fixture.select(backend, 1);
        backend.valueState(LONGS).update(5L);
        fixture.select(backend, 2);
        backend.valueState(LONGS).update(6L);
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        fixture.select(restored, 1);
        assertThat(restored.valueState(LONGS).value()).isEqualTo(5L);
    }
}
