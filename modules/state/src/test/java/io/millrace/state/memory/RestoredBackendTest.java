// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.CodecException;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateMeta;
import io.millrace.state.StateMigrationException;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import io.millrace.state.TimerQueue;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a backend makes of the runs that it is given. */
class RestoredBackendTest {
    private static final ValueStateDescriptor<Long> LONGS = new ValueStateDescriptor<>("longs", Long.class);
    private static final TestCodecs.StringCodec STRINGS = new TestCodecs.StringCodec();

    private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
    private final KeyedStateBackend backend = fixture.backend();

    @Test
    void aStateThatNobodyDeclaresIsCarriedAlongUnchanged() {
        States states = new States(fixture, backend);
        for (long key = 0; key < States.KEYS; key++) {
            states.select(key);
            states.longs.update(key);
            states.counterLists.add(new Counter(key));
            states.windows.put("a", new Counter(key));
            states.timers.add(key % 3, "a");
        }
        StoredFile run = fixture.write(backend);
        KeyedStateBackend restored = fixture.restored(run);
        assertThat(restored.size()).isEqualTo(backend.size());
        assertThat(restored.undeclaredStates())
                .extracting(StateMeta::name)
                .containsExactly("_timers", "_windows", "counterLists", "longs");
        ValueState<Long> longs = restored.valueState(LONGS);
        assertThat(restored.undeclaredStates()).extracting(StateMeta::name).doesNotContain("longs");
        fixture.select(restored, 3);
        longs.update(33L);

        KeyedStateBackend again = fixture.restored(fixture.write(restored));
        Map<String, String> expected = states.dump();
        expected.put("longs 3", "33");
        States statesAgain = new States(fixture, again);
        assertThat(statesAgain.dump()).isEqualTo(expected);
        assertThat(statesAgain.timers.size()).isEqualTo(States.KEYS);
    }

    @Test
    void aSnapshotSharesStateThatIsDeclaredWhileItIsOpen() {
        fixture.select(backend, 1);
        backend.valueState(LONGS).update(5L);
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        StateSnapshot snapshot = restored.snapshot();
        fixture.select(restored, 1);
        restored.valueState(LONGS).update(6L);
        KeyedStateBackend again = fixture.restored(fixture.write(snapshot));
        fixture.select(again, 1);
        assertThat(again.valueState(LONGS).value()).isEqualTo(5L);
    }

    @Test
    void anotherTypeThanWasWrittenIsRefused() {
        fixture.select(backend, 1);
        backend.valueState(LONGS).update(5L);
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        assertThatThrownBy(() -> restored.valueState(new ValueStateDescriptor<>("longs", String.class)))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining("state 'longs'")
                .hasMessageContaining("long/1")
                .hasMessageContaining("string/1")
                .hasMessageContaining("another name");
        assertThatThrownBy(() -> restored.listState(new ListStateDescriptor<>("longs", Long.class)))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("LIST");
        // Nothing was lost by the refusals.
        fixture.select(restored, 1);
        assertThat(restored.valueState(LONGS).value()).isEqualTo(5L);
    }

    @Test
    void aStateWithoutEntriesMayChangeItsType() {
        backend.valueState(LONGS);
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        restored.valueState(new ValueStateDescriptor<>("longs", String.class));
    }

    @Test
    void aRunThatDoesNotDecodeIsNamed() {
        TimerQueue<String> timers = backend.timers("t", STRINGS);
        fixture.select(backend, 1);
        timers.add(7, "namespace");
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        TestCodecs.StringCodec impostor = new TestCodecs.StringCodec() {
            @Override
            public String read(ByteReader in) {
                return "" + in.readByte();
            }
        };
        assertThatThrownBy(() -> restored.timers("t", impostor))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("state 't'")
                .hasCauseInstanceOf(CodecException.class);
    }

    @Test
    void restoringAfterUseIsRefused() {
        StoredFile run = fixture.write(backend);
        KeyedStateBackend used = fixture.backend();
        used.valueState(LONGS);
        assertThatThrownBy(() -> fixture.restore(used, run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("restore before");
    }

    @Test
    void aRunGivenTwiceIsRefused() {
        fixture.select(backend, 1);
        backend.valueState(LONGS).update(5L);
        StoredFile run = fixture.write(backend);
        KeyedStateBackend restored = fixture.restored(run);
        assertThatThrownBy(() -> fixture.restore(restored, run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("key group " + fixture.keyGroup(1));
        assertThat(restored.size()).isEqualTo(1);
    }

    @Test
    void aRunWithMoreKeyGroupsThanTheJobIsRefused() {
        backend.setCurrentKey(1L, BackendFixture.hashIn(15));
        backend.valueState(LONGS).update(5L);
        StoredFile run = fixture.write(backend);
        KeyedStateBackend smaller = new MemoryStateBackend()
                .create(new KeyedStateSettings(
                        "counts", 8, 0, 8, fixture.keyCodec, TestCodecs::forType, BackendFixture.SPECIALISER));
        assertThatThrownBy(() -> fixture.restore(smaller, run))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("key group 15")
                .hasMessageContaining("max parallelism of 8");
    }

    @Test
    void aKeyThatWasWrittenInAnotherKeyGroupIsRefused() {
        backend.setCurrentKey(1L, BackendFixture.hashIn((fixture.keyGroup(1) + 1) % BackendFixture.MAX_PARALLELISM));
        backend.valueState(LONGS).update(5L);
        KeyedStateBackend restored = fixture.restored(fixture.write(backend));
        assertThatThrownBy(() -> restored.valueState(LONGS))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining("key '1'")
                .hasMessageContaining("key group " + fixture.keyGroup(1) + " of 16")
                .hasMessageContaining("max parallelism");
    }

    @Test
    void ofADamagedRunNothingIsTakenIn() {
        ValueState<Long> longs = backend.valueState(LONGS);
        for (long key = 0; key < 10_000; key++) {
            fixture.select(backend, key);
            longs.update(key);
        }
        StoredFile run = fixture.write(backend);
        byte[] damaged = fixture.storage.bytes(run);
        damaged[damaged.length - 1] ^= 1;
        fixture.storage.put(run.path(), damaged);
        KeyedStateBackend restored = fixture.backend();
        assertThatThrownBy(() -> fixture.restore(restored, run))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("'counts'")
                .hasMessageContaining(run.path())
                .hasCauseInstanceOf(CorruptSnapshotException.class);
        assertThat(restored.size()).isZero();
        assertThat(restored.undeclaredStates()).isEmpty();
    }

    @Test
    void halvesOfTheKeyGroupsAreTheWholeAndBack() {
        States states = new States(fixture, backend);
        for (long key = 0; key < States.KEYS; key++) {
            states.select(key);
            states.longs.update(key);
            states.counters.update(new Counter(key));
            states.longLists.add(key);
            states.windows.put("window", new Counter(key));
            states.timers.add(5, "window");
        }
        StoredFile run = fixture.write(backend);
        Map<String, String> union = new HashMap<>();
        List<StoredFile> halves = new ArrayList<>();
        int timers = 0;
        for (int first = 0; first < BackendFixture.MAX_PARALLELISM; first += 8) {
            KeyedStateBackend half = fixture.backend(first, first + 8);
            fixture.restore(half, run);
            States ofHalf = new States(fixture, half);
            Map<String, String> dump = ofHalf.dump(first, first + 8);
            assertThat(dump).isNotEmpty();
            assertThat(half.size()).isEqualTo(dump.size() + ofHalf.timers.size());
            union.putAll(dump);
            timers += ofHalf.timers.size();
            halves.add(fixture.write(half));
        }
        assertThat(union).isEqualTo(states.dump());
        assertThat(timers).isEqualTo(States.KEYS);
        KeyedStateBackend whole = fixture.restored(halves.get(1), halves.get(0));
        new States(fixture, whole);
        assertThat(fixture.storage.bytes(fixture.write(whole))).isEqualTo(fixture.storage.bytes(run));
    }
}
