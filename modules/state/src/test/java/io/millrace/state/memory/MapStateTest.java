// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeHint;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.serialization.CodecException;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.RunKeys;
import io.millrace.state.RunReader;
import io.millrace.state.StateMeta;
import io.millrace.state.StateMigrationException;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import io.millrace.state.run.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapStateTest {
    private static final MapStateDescriptor<String, Counter> COUNTERS =
            new MapStateDescriptor<>("counters", String.class, Counter.class);
    private static final MapStateDescriptor<Long, Long> LONGS =
            new MapStateDescriptor<>("longs", Long.class, Long.class);

    /** Fewer entries of a key than are chained, and more. */
    private static final int MANY = 40;

    private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
    private final KeyedStateBackend backend = fixture.backend();
    private final MapState<String, Counter> counters = backend.mapState(COUNTERS);
    private final MapState<Long, Long> longs = backend.mapState(LONGS);

    private record Point(int x, List<String> names) {}

    private record Tagged(HashSet<String> tags) {}

    private record Outer(String name, Tagged tagged) {}

    private static final class Identity {}

    @BeforeEach
    void selectAKey() {
        fixture.select(backend, 1);
    }

    private static <K, V> Map<K, V> contents(MapState<K, V> state) {
        Map<K, V> contents = new TreeMap<>();
        state.forEach(each -> contents.put(each.getKey(), each.getValue()));
        return contents;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, MANY})
    void entriesAreAddedReadReplacedAndRemovedOneByOne(int size) {
        for (long i = 0; i < size; i++) {
            assertThat(longs.contains(i)).isFalse();
            assertThat(longs.get(i)).isNull();
            longs.put(i, i);
            longs.put(i, 10 * i);
            assertThat(longs.get(i)).isEqualTo(10 * i);
        }
        assertThat(backend.size()).isEqualTo(size);
        assertThat(longs.keys()).hasSize(size);
        assertThat(longs.values()).hasSize(size).allMatch(value -> value % 10 == 0);
        assertThat(longs.entries()).hasSize(size).contains(entry(0L, 0L));
        for (long i = 0; i < size; i++) {
            assertThat(longs.isEmpty()).isFalse();
            longs.remove(i);
            longs.remove(i);
            assertThat(longs.contains(i)).isFalse();
        }
        assertThat(longs.isEmpty()).isTrue();
        assertThat(longs.iterator()).isExhausted();
        assertThat(backend.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, MANY})
    void clearTakesTheCurrentKeysMapAlone(int size) {
        ValueState<Long> beside = backend.valueState(new ValueStateDescriptor<>("beside", Long.class));
        for (long key = 1; key <= 2; key++) {
            fixture.select(backend, key);
            beside.update(key);
            for (long i = 0; i < size; i++) {
                longs.put(i, key);
            }
        }
        fixture.select(backend, 1);
        longs.clear();
        assertThat(longs.isEmpty()).isTrue();
        assertThat(beside.value()).isEqualTo(1);
        fixture.select(backend, 2);
        assertThat(contents(longs)).hasSize(size).allSatisfy((key, value) -> assertThat(value)
                .isEqualTo(2));
        assertThat(backend.size()).isEqualTo(2 + size);
        longs.clear();
        beside.clear();
        assertThat(backend.size()).isEqualTo(1);
        longs.put(7L, 7L);
        assertThat(contents(longs)).containsExactly(entry(7L, 7L));
    }

    @Test
    void putAllPutsAllOrNothing() {
        longs.putAll(Map.of(1L, 1L, 2L, 2L));
        Map<Long, Long> withNull = new LinkedHashMap<>();
        withNull.put(3L, 3L);
        withNull.put(4L, null);
        assertThatThrownBy(() -> longs.putAll(withNull))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("value of the key '4'")
                .hasMessageContaining("'longs'")
                .hasMessageContaining("'counts'");
        assertThat(contents(longs)).containsOnlyKeys(1L, 2L);
    }

    @Test
    void nullKeysAndValuesAreRefusedByName() {
        assertThatThrownBy(() -> longs.put(null, 1L)).hasMessageContaining("a key of the map state 'longs' is null");
        assertThatThrownBy(() -> longs.get(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> longs.contains(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> longs.remove(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> longs.put(1L, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("remove the key instead");
        assertThat(longs.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, MANY})
    void aSnapshotHoldsWhatWasThereWhateverChangesAfterwards(int size) {
        for (int i = 0; i < size; i++) {
            counters.put("c" + i, new Counter(i));
        }
        StateSnapshot snapshot = backend.snapshot();
        counters.get("c0").add(100);
        counters.put("c1", new Counter(100));
        counters.put("new", new Counter(1));
        counters.forEach(each -> each.getValue().add(1000));
        fixture.select(backend, 2);
        counters.put("other", new Counter(5));
        fixture.select(backend, 1);
        counters.clear();

        KeyedStateBackend restored = fixture.restored(fixture.write(snapshot));
        fixture.select(restored, 1);
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            expected.put("c" + i, "counter " + i);
        }
        Map<String, String> found = new TreeMap<>();
        restored.mapState(COUNTERS)
                .forEach(each -> found.put(each.getKey(), each.getValue().toString()));
        assertThat(found).isEqualTo(expected);
        assertThat(restored.size()).isEqualTo(size);
    }

    @Test
    void aMutableValueChangedInPlaceCounts() {
        counters.put("c", new Counter(1));
        try (StateSnapshot first = backend.snapshot()) {
            fixture.write(first);
        }
        counters.get("c").add(1);
        for (Counter each : counters.values()) {
            each.add(1);
        }
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        fixture.select(restored, 1);
        assertThat(restored.mapState(COUNTERS).get("c")).hasToString("counter 3");
    }

    @Test
    void eachEntryOfAMapIsOneOfTheRun() throws IOException {
        longs.put(-1L, 3L);
        longs.put(1L, 4L);
        StoredFile run = fixture.write(backend);
        List<String> keys = new ArrayList<>();
        try (RunReader reader = RunStore.on(fixture.storage).open(run)) {
            assertThat(reader.states())
                    .contains(new StateMeta("longs", StateMeta.Kind.MAP, "long/1", "key-long/1", "long/1"));
            while (reader.next()) {
                byte[] key = reader.key();
                keys.add(HexFormat.of().formatHex(key, RunKeys.PREFIX_LENGTH, key.length));
            }
        }
        // Length and bytes of the stream's key, then the map's key, whose bytes compare as the keys do.
        assertThat(keys).containsExactly("0800000000000000017fffffffffffffff", "0800000000000000018000000000000001");
    }

    @Test
    void anIteratorRemovesAndReplaces() {
        for (long i = 0; i < MANY; i++) {
            longs.put(i, i);
        }
        Iterator<Map.Entry<Long, Long>> iterator = longs.iterator();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        while (iterator.hasNext()) {
            Map.Entry<Long, Long> each = iterator.next();
            if (each.getKey() % 2 == 0) {
                iterator.remove();
                assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
            } else {
                assertThat(each.setValue(-each.getKey())).isEqualTo(each.getKey());
                assertThat(each.getValue()).isEqualTo(-each.getKey());
            }
        }
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        assertThat(contents(longs)).hasSize(MANY / 2).containsEntry(1L, -1L).doesNotContainKey(0L);

        Iterator<Long> keys = longs.keys().iterator();
        while (keys.hasNext()) {
            keys.next();
            keys.remove();
        }
        assertThat(longs.isEmpty()).isTrue();
        assertThat(backend.size()).isZero();
    }

    @Test
    void aKeyMayGetAnotherValueDuringAnIteration() {
        longs.putAll(Map.of(1L, 1L, 2L, 2L));
        for (long key : longs.keys()) {
            longs.put(key, 10 * longs.get(key));
        }
        assertThat(contents(longs)).containsExactly(entry(1L, 10L), entry(2L, 20L));
    }

    @Test
    void otherChangesEndAnIteration() {
        longs.putAll(Map.of(1L, 1L, 2L, 2L));
        for (Runnable change : List.<Runnable>of(
                () -> longs.put(99L, 1L), () -> longs.remove(99L), longs::clear, () -> fixture.select(backend, 2))) {
            fixture.select(backend, 1);
            longs.putAll(Map.of(1L, 1L, 2L, 2L));
            Iterator<Map.Entry<Long, Long>> iterator = longs.iterator();
            Map.Entry<Long, Long> first = iterator.next();
            change.run();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(ConcurrentModificationException.class)
                    .hasMessageContaining("'longs'")
                    .hasMessageContaining("of key '1'");
            assertThatThrownBy(iterator::remove).isInstanceOf(ConcurrentModificationException.class);
            assertThatThrownBy(() -> first.setValue(5L)).isInstanceOf(ConcurrentModificationException.class);
        }
    }

    @Test
    void theLastEntryIsNotRemovedFromAnotherKeysMap() {
        longs.put(1L, 1L);
        Iterator<Map.Entry<Long, Long>> iterator = longs.iterator();
        iterator.next();
        fixture.select(backend, 2);
        longs.put(1L, 2L);
        fixture.select(backend, 2);
        assertThatThrownBy(iterator::remove).isInstanceOf(ConcurrentModificationException.class);
        assertThat(longs.get(1L)).isEqualTo(2L);
    }

    @Test
    void aMapIsUsedForAKeyOnly() {
        MapState<Long, Long> unset = fixture.backend().mapState(LONGS);
        for (Runnable use : List.<Runnable>of(
                () -> unset.get(1L), () -> unset.put(1L, 1L), unset::clear, unset::isEmpty, unset::iterator)) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'counts'")
                    .hasMessageContaining("no key is current, as in open()");
        }
    }

    @Test
    void aSecondDeclarationMustBeTheSame() {
        longs.put(1L, 2L);
        assertThat(backend.mapState(LONGS).get(1L)).isEqualTo(2L);
        assertThatThrownBy(() -> backend.mapState(new MapStateDescriptor<>("longs", String.class, Long.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.String -> java.lang.Long")
                .hasMessageContaining("another name");
        assertThatThrownBy(() -> backend.mapState(new MapStateDescriptor<>("longs", Long.class, String.class)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> backend.valueState(new ValueStateDescriptor<>("longs", Long.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MAP");
    }

    @Test
    void whatWasWrittenAsSomethingElseIsRefused() {
        longs.put(1L, 2L);
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        assertThatThrownBy(() -> restored.mapState(new MapStateDescriptor<>("longs", String.class, Long.class)))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("key-long/1")
                .hasMessageContaining("key-string/1");
        assertThatThrownBy(() -> restored.listState(new ListStateDescriptor<>("longs", Long.class)))
                .isInstanceOf(StateMigrationException.class);
        fixture.select(restored, 1);
        assertThat(restored.mapState(LONGS).get(1L)).isEqualTo(2L);
    }

    @Test
    void keysWithoutCanonicalBytesAreRefusedWithThePath() {
        assertRefused(TypeHint.of(Identity.class), "Identity");
        assertRefused(TypeHint.of(byte[].class), "byte[]");
        assertRefused(new TypeHint<HashMap<String, Long>>() {}, "HashMap");
        assertRefused(TypeHint.of(Point.class), "Point.names: List<String>");
        assertRefused(TypeHint.of(Outer.class), "Outer.tagged.tags: HashSet<String>");
        assertRefused(TypeHint.of(Double.class), "Double");
    }

    private <K> void assertRefused(TypeHint<K> keys, String path) {
        assertThatThrownBy(() -> backend.mapState(new MapStateDescriptor<>("m", keys, TypeHint.of(Long.class))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Operator 'counts': the map state 'm'")
                .hasMessageContaining(path)
                .hasMessageContaining("cannot be a key or part of one");
    }

    @Test
    void addAllAppendsACopyOrNothing() {
        var list = backend.listState(new ListStateDescriptor<>("list", Long.class));
        list.addAll(List.of(1L, 2L));
        list.addAll(list.get());
        assertThat(list.get()).containsExactly(1L, 2L, 1L, 2L);
        List<Long> withNull = new ArrayList<>(List.of(3L));
        withNull.add(null);
        assertThatThrownBy(() -> list.addAll(withNull)).isInstanceOf(NullPointerException.class);
        list.addAll(List.of());
        assertThat(list.get()).hasSize(4);
    }
}
