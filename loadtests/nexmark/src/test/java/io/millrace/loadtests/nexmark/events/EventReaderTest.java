// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SplitOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final int COUNT = 123_456;
    private static final EventStream STREAM = EventStream.of(1, 10_000);

    private final AtomicInteger begun = new AtomicInteger();

    /** Keeps what it is given, with its timestamps checked. */
    private static final class Collected implements ReaderOutput<Event>, SplitOutput<Event> {
        private final List<Event> events = new ArrayList<>();
        private final List<String> finished = new ArrayList<>();

        @Override
        public SplitOutput<Event> forSplit(String splitId) {
            return this;
        }

        @Override
        public void finishSplit(String splitId) {
            finished.add(splitId);
        }

        @Override
        public void collect(Event record) {
            throw new AssertionError("An event without a timestamp");
        }

        @Override
        public void collect(Event event, long timestamp) {
            assertThat(timestamp).isEqualTo(event.dateTime());
            events.add(event);
        }
    }

    private EventReader readerOf(EventSplit split) {
        EventReader reader = new EventReader(STREAM, begun::incrementAndGet);
        reader.start();
        reader.addSplits(List.of(split));
        reader.notifyNoMoreSplits();
        return reader;
    }

    private static Collected readAll(EventReader reader, int maxRecords) {
        Collected collected = new Collected();
        int before = 0;
        while (reader.pollNext(collected, maxRecords) == InputStatus.MORE_AVAILABLE) {
            assertThat(collected.events.size() - before).isBetween(0, maxRecords);
            before = collected.events.size();
        }
        return collected;
    }

    private static List<Event> expected(long count) {
        List<Event> events = new ArrayList<>();
        STREAM.first(count).forEachRemaining(events::add);
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 64, 200})
    void readersReadTheSameEventsHoweverManyTheyAre(int readers) {
        List<Event> union = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            Collected collected = readAll(readerOf(EventSplit.of(i, readers, COUNT)), 64);
            assertThat(collected.events).isSortedAccordingTo(Comparator.comparingLong(Event::dateTime));
            assertThat(collected.finished).hasSize(1);
            union.addAll(collected.events);
        }
        assertThat(union).hasSize(COUNT);
        // No two events are equal, people and auctions have ids and bids differ: a set loses nothing.
        assertThat(new HashSet<>(union).equals(new HashSet<>(expected(COUNT)))).isTrue();
        assertThat(begun.get()).isEqualTo(readers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1_000, 1_001, 50_000})
    void theLastEventIsRead(int count) {
        assertThat(readAll(readerOf(EventSplit.of(0, 1, count)), 512).events).isEqualTo(expected(count));
    }

    @Test
    void aReaderGoesOnFromASnapshot() throws IOException {
        EventReader reader = readerOf(EventSplit.of(1, 3, COUNT));
        Collected collected = new Collected();
        for (int i = 0; i < 47; i++) {
            reader.pollNext(collected, 64);
        }
        List<EventSplit> snapshot = reader.snapshotState(1);
        assertThat(snapshot).hasSize(1);
        EventSplit restored = EventSplit.SERIALIZER.deserialize(1, EventSplit.SERIALIZER.serialize(snapshot.get(0)));
        collected.events.addAll(readAll(readerOf(restored), 100).events);
        assertThat(collected.events).isEqualTo(readAll(readerOf(EventSplit.of(1, 3, COUNT)), 1_000).events);
        Collected all = readAll(reader, 64);
        assertThat(all.finished).containsExactly("events-1-of-3");
        assertThat(reader.snapshotState(2)).isEmpty();
    }

    @Test
    void aReaderWaitsForItsSplit() {
        EventReader reader = new EventReader(STREAM, begun::incrementAndGet);
        Collected collected = new Collected();
        assertThat(reader.pollNext(collected, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable().toCompletableFuture()).isNotDone();
        reader.addSplits(List.of(EventSplit.of(0, 1, 5)));
        assertThat(reader.isAvailable().toCompletableFuture()).isDone();
        assertThat(begun).hasValue(0);
        assertThat(reader.pollNext(collected, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(begun).hasValue(1);
        assertThat(reader.pollNext(collected, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        reader.notifyNoMoreSplits();
        assertThat(reader.pollNext(collected, 10)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(collected.events).isEqualTo(expected(5));
    }

    @Test
    void aSplitThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new EventSplit(3, 3, 10, 0)).hasMessageContaining("no reader 3 of 3");
        assertThatThrownBy(() -> new EventSplit(1, 3, 10_000, 500)).hasMessageContaining("index 500");
    }
}
