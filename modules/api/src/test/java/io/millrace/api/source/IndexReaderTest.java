// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class IndexReaderTest {
    private final FakeReaderContext context = new FakeReaderContext(1);
    private final FakeReaderOutput<Long> output = new FakeReaderOutput<>();

    private IndexReader<Long> reader(double recordsPerSecond) {
        IndexReader<Long> reader = new IndexReader<>(context, index -> index, recordsPerSecond);
        reader.start();
        return reader;
    }

    private static IndexSplit split(String id, long first, long end) {
        return new IndexSplit(id, first, end, first);
    }

    private static boolean isDone(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }

    @Test
    void readsASplitToItsEndAndAsksForTheNext() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        reader.addSplits(List.of(split("a", 3, 6)));

        assertThat(reader.pollNext(output, 2)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.records).containsExactly(3L, 4L);
        assertThat(output.finished).isEmpty();
        assertThat(reader.pollNext(output, 2)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.records).containsExactly(3L, 4L, 5L);
        assertThat(output.finished).containsExactly("a");
        assertThat(context.requests).isEqualTo(1);
    }

    @Test
    void takesItsSplitsInTurn() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        reader.addSplits(List.of(split("a", 0, 3), split("b", 10, 12)));
        for (int i = 0; i < 4; i++) {
            reader.pollNext(output, 2);
        }

        assertThat(output.bySplit).containsExactly("a:0", "a:1", "b:10", "b:11", "a:2");
        assertThat(output.finished).containsExactly("b", "a");
    }

    @Test
    void leavesPausedSplitsOutAndIsNotAtItsEndWithThem() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        reader.addSplits(List.of(split("a", 0, 3), split("b", 10, 12)));
        reader.notifyNoMoreSplits();
        assertThat(reader.pauseOrResumeSplits(List.of("a"), List.of())).isTrue();
        reader.pollNext(output, 5);
        assertThat(output.bySplit).containsExactly("b:10", "b:11");
        assertThat(reader.pollNext(output, 5)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(isDone(reader.isAvailable())).isFalse();
        reader.pauseOrResumeSplits(List.of(), List.of("a"));
        assertThat(reader.pollNext(output, 5)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output, 5)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.finished).containsExactly("b", "a");
    }

    @Test
    void waitsForSplitsUntilItIsToldThereAreNone() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletionStage<Void> available = reader.isAvailable();
        assertThat(isDone(available)).isFalse();
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);

        reader.addSplits(List.of(split("a", 0, 1)));
        assertThat(isDone(available)).isTrue();
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletionStage<Void> again = reader.isAvailable();
        assertThat(isDone(again)).isFalse();

        reader.notifyNoMoreSplits();
        assertThat(isDone(again)).isTrue();
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void readsOnWhatItHasWhenNoMoreComes() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        reader.addSplits(List.of(split("a", 0, 2)));
        reader.notifyNoMoreSplits();

        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.records).containsExactly(0L, 1L);
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void finishesEmptySplits() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        reader.addSplits(List.of(split("empty", 5, 5)));

        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.records).isEmpty();
        assertThat(output.finished).containsExactly("empty");
    }

    @Test
    void goesOnFromASnapshot() {
        IndexReader<Long> before = reader(Double.POSITIVE_INFINITY);
        before.addSplits(List.of(split("a", 0, 5), split("b", 10, 12), split("c", 20, 22)));
        before.pollNext(output, 3);
        before.pollNext(output, 3);
        List<IndexSplit> snapshot = before.snapshotState(1);
        assertThat(snapshot).containsExactlyInAnyOrder(new IndexSplit("a", 0, 5, 3), new IndexSplit("c", 20, 22, 20));

        IndexReader<Long> after = new IndexReader<>(context, index -> index, Double.POSITIVE_INFINITY);
        after.addSplits(snapshot);
        after.start();
        after.notifyNoMoreSplits();
        while (after.pollNext(output, 3) == InputStatus.MORE_AVAILABLE) {
            assertThat(output.records).hasSizeLessThanOrEqualTo(9);
        }
        assertThat(output.records).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 10L, 11L, 20L, 21L);
    }

    @Test
    void keepsItsRate() {
        IndexReader<Long> reader = reader(100);
        reader.addSplits(List.of(split("a", 0, Long.MAX_VALUE)));
        for (int ms = 0; ms < 2000; ms++) {
            while (reader.pollNext(output, 7) == InputStatus.MORE_AVAILABLE) {
                assertThat(output.records).hasSizeLessThanOrEqualTo(ms / 10 + 1);
            }
            context.advance(1);
        }

        assertThat(output.records).hasSize(200);
    }

    @Test
    void wakesUpWhenTheRateAllowsMore() {
        IndexReader<Long> reader = reader(10);
        reader.addSplits(List.of(split("a", 0, 100)));
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletionStage<Void> available = reader.isAvailable();
        context.advance(99);
        assertThat(isDone(available)).isFalse();
        context.advance(1);

        assertThat(isDone(available)).isTrue();
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(output.records).containsExactly(0L);
    }

    @Test
    void doesNotWaitForTheRateToFinishAnEmptySplit() {
        IndexReader<Long> reader = reader(0.001);
        reader.addSplits(List.of(split("empty", 5, 5)));
        reader.notifyNoMoreSplits();

        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output, 10)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void readsUpToTheLastIndexOfAll() {
        IndexReader<Long> reader = reader(Double.POSITIVE_INFINITY);
        long end = Long.MAX_VALUE;
        reader.addSplits(List.of(new IndexSplit("endless", 0, end, end - 2)));

        reader.pollNext(output, 10);
        assertThat(output.records).containsExactly(end - 2, end - 1);
        assertThat(output.finished).containsExactly("endless");
    }

    @Test
    void handsOnWhatAGeneratorThrows() {
        IndexReader<Long> reader = new IndexReader<>(
                context,
                index -> {
                    if (index == 1) {
                        throw new IllegalStateException("index 1");
                    }
                    return index;
                },
                Double.POSITIVE_INFINITY);
        reader.start();
        reader.addSplits(List.of(split("a", 0, 3)));

        assertThatThrownBy(() -> reader.pollNext(output, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("index 1");
        assertThat(output.records).containsExactly(0L);
    }
}
