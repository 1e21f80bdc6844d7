// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.RunWriter;
import io.millrace.state.StateMeta;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A snapshot is written on one thread while the subtask goes on on another. */
@Timeout(60)
class SnapshotConcurrencyTest {
    private static final int KEYS = 3_000;

    private final BackendFixture fixture = new BackendFixture(TestCodecs.longKeys());
    private final KeyedStateBackend backend = fixture.backend();
    private final ExecutorService io = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopIo() throws InterruptedException {
        io.shutdownNow();
        assertThat(io.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSnapshotHoldsWhatWasThereWhileAllOfItChanges() throws Exception {
        States states = new States(fixture, backend);
        Random random = new Random(7);
        int changesMeanwhile = 0;
        for (int round = 1; round <= 12; round++) {
            for (long key = 0; key < KEYS; key++) {
                change(states, key, round);
            }
            StateSnapshot snapshot = backend.snapshot();
            Future<StoredFile> written = io.submit(() -> {
                try (snapshot) {
                    return fixture.write(snapshot);
                }
            });
            while (!written.isDone()) {
                undoneChange(states, random.nextInt(KEYS));
                changesMeanwhile++;
            }
            assertHoldsRound(fixture.restored(written.get()), round);
        }
        assertThat(changesMeanwhile).as("changes while snapshots were written").isGreaterThan(1_000);
    }

    private static void change(States states, long key, int round) {
        states.select(key);
        states.longs.update((long) round);
        Counter counter = states.counters.value();
        if (counter == null) {
            states.counters.update(new Counter(1));
        } else {
            counter.add(1);
        }
        states.longLists.add((long) round);
        states.timers.add(round, "a");
    }

    /** Changes a key's state and brings it back to what it was, in steps that a torn snapshot would show. */
    private static void undoneChange(States states, long key) {
        states.select(key);
        Long number = states.longs.value();
        states.longs.clear();
        states.longs.update(-number);
        states.longs.update(number);
        Counter counter = states.counters.value();
        counter.add(1_000);
        counter.add(-1_000);
        List<Long> values = List.copyOf(states.longLists.get());
        states.longLists.add(-1L);
        states.longLists.clear();
        states.longLists.update(values);
        states.timers.add(-7, "b");
        states.timers.remove(-7, "b");
    }

    private void assertHoldsRound(KeyedStateBackend restored, int round) {
        States states = new States(fixture, restored);
        assertThat(restored.size()).isEqualTo(KEYS * (3L + round));
        for (long key = 0; key < KEYS; key++) {
            states.select(key);
            assertThat(states.longs.value()).isEqualTo(round);
            assertThat(states.counters.value()).hasToString("counter " + round);
            assertThat(states.longLists.get()).hasSize(round).endsWith((long) round);
        }
    }

    @Test
    void aSnapshotClosedWhileItIsWrittenProtectsItsEntriesUntilTheWriterStops() throws Exception {
        AtomicInteger copies = new AtomicInteger();
        NamespacedValueState<String, Counter> counters =
                backend.namespacedValue("c", new TestCodecs.StringCodec(), new TestCodecs.CounterCodec(copies));
        for (long key = 0; key < 3; key++) {
            fixture.select(backend, key);
            counters.put("", new Counter(key));
        }
        StateSnapshot snapshot = backend.snapshot();
        BlockingRun run = new BlockingRun();
        Future<?> writing = io.submit(() -> {
            snapshot.writeTo(run);
            return null;
        });
        run.entered.await();

        snapshot.close();
        fixture.select(backend, 0);
        counters.get("");
        assertThat(copies).as("the writer still reads").hasValue(1);
        // The next snapshot does not wait for the writer of this one.
        StateSnapshot next = backend.snapshot();
        next.close();
        fixture.select(backend, 1);
        counters.get("");
        assertThat(copies)
                .as("the writer reads on after a later snapshot was closed")
                .hasValue(2);

        run.leave.countDown();
        assertThatThrownBy(writing::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        fixture.select(backend, 2);
        counters.get("");
        assertThat(copies).as("nobody reads any more").hasValue(2);
    }

    /** Stops in its first entry until it is let go on. */
    private static final class BlockingRun implements RunWriter {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);

        @Override
        public int declareState(StateMeta meta) {
            return 0;
        }

        @Override
        public void append(byte[] key, int keyLength, byte[] value, int valueLength) throws IOException {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
