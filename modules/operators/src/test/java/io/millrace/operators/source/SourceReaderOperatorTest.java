// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.InputStatus;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.EmittedWatermark;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import io.millrace.operators.source.ScriptedSource.NamedSplit;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SourceReaderOperatorTest {
    private static final WatermarkStrategy<Long> MONOTONOUS =
            WatermarkStrategy.<Long>forMonotonousTimestamps().withTimestampAssigner((record, before) -> record);

    private ScriptedSource source = new ScriptedSource();

    private OperatorHarness harness(OperatorSnapshotCopy restored) throws Exception {
        return OperatorHarness.unkeyed(new SourceReaderOperator<>(source, MONOTONOUS), restored);
    }

    private OperatorHarness harness() throws Exception {
        return harness(null);
    }

    /** Starts again from a snapshot, with a source that remembers nothing. */
    private OperatorHarness restore(OperatorSnapshotCopy snapshot) throws Exception {
        source = source instanceof ScriptedSource.Bounded ? new ScriptedSource.Bounded() : new ScriptedSource();
        return harness(snapshot);
    }

    private static void assign(OperatorHarness harness, String... splits) throws Exception {
        for (String split : splits) {
            harness.process(new SplitAssignment(0, new NamedSplit(split)), Timestamps.NONE);
        }
    }

    private static void noMore(OperatorHarness harness) throws Exception {
        harness.process(new SplitAssignment(0, null), Timestamps.NONE);
    }

    private InputStatus read(OperatorHarness harness, String split, long... records) throws Exception {
        source.polls.add(out -> {
            for (long record : records) {
                out.forSplit(split).collect(record);
            }
            return InputStatus.MORE_AVAILABLE;
        });
        return harness.puller().poll(100);
    }

    private InputStatus finish(OperatorHarness harness, String split) throws Exception {
        source.unfinished.remove(split);
        source.polls.add(out -> {
            out.finishSplit(split);
            return InputStatus.NOTHING_AVAILABLE;
        });
        return harness.puller().poll(100);
    }

    @Test
    void theSlowestSplitHoldsTheWatermark() throws Exception {
        OperatorHarness harness = harness();
        assign(harness, "a", "b");
        read(harness, "a", 100);
        assertThat(harness.watermarks()).as("b has no record yet").isEmpty();
        read(harness, "b", 50);
        read(harness, "b", 200);
        read(harness, "a", 90);
        assertThat(harness.emitted())
                .containsExactly(
                        new Emitted(100L, 100),
                        new Emitted(50L, 50),
                        new EmittedWatermark(49),
                        new Emitted(200L, 200),
                        new EmittedWatermark(99),
                        new Emitted(90L, 90));
    }

    @Test
    void oneWatermarkAPollHoweverManyRecords() throws Exception {
        OperatorHarness harness = harness();
        assign(harness, "a");
        read(harness, "a", 1, 2, 3);
        assertThat(harness.watermarks()).containsExactly(2L);
    }

    @Test
    void aFinishedSplitHoldsNothing() throws Exception {
        OperatorHarness harness = harness();
        assign(harness, "a", "b");
        read(harness, "a", 10);
        read(harness, "b", 20);
        assertThat(finish(harness, "a")).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(harness.watermarks()).containsExactly(9L, 19L);
        finish(harness, "b");
        assertThat(harness.watermarks())
                .as("without splits the watermark stays")
                .hasSize(2);
    }

    @Test
    void aLaterSplitHoldsTheWatermarkButNeverSendsItBack() throws Exception {
        OperatorHarness harness = harness();
        assign(harness, "a");
        read(harness, "a", 100);
        assign(harness, "b");
        read(harness, "a", 200);
        read(harness, "b", 50);
        assertThat(harness.watermarks()).containsExactly(99L);
        read(harness, "b", 150);
        assertThat(harness.watermarks()).containsExactly(99L, 149L);
    }

    @Test
    void aBoundedSourceHoldsItsWatermarkUntilAllSplitsAreAssigned() throws Exception {
        source = new ScriptedSource.Bounded();
        OperatorHarness harness = harness();
        assign(harness, "a");
        read(harness, "a", 100, 200);
        assertThat(harness.watermarks()).isEmpty();
        assign(harness, "b");
        read(harness, "b", 50);
        noMore(harness);
        harness.puller().poll(100);
        assertThat(harness.watermarks()).containsExactly(49L);
        assertThat(finish(harness, "b")).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(harness.watermarks()).containsExactly(49L, 199L);
        assertThat(finish(harness, "a")).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(harness.puller().poll(100)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void aReaderWithoutSplitsEndsWhenNoMoreWillCome() throws Exception {
        source = new ScriptedSource.Bounded();
        OperatorHarness harness = harness();
        assertThat(harness.puller().poll(1)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletionStage<Void> available = harness.puller().isAvailable();
        assertThat(available.toCompletableFuture()).isNotDone();
        noMore(harness);
        assertThat(available.toCompletableFuture()).isDone();
        assertThat(harness.puller().poll(1)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(harness.emitted()).isEmpty();
    }

    @Test
    void beingToldTwiceThatNoMoreComeIsHarmless() throws Exception {
        OperatorHarness harness = harness();
        noMore(harness);
        noMore(harness);
        assertThat(source.calls).containsExactly("start", "no more");
    }

    @Test
    void availabilityIsTheReaders() throws Exception {
        OperatorHarness harness = harness();
        CompletionStage<Void> first = harness.puller().isAvailable();
        source.available.complete(null);
        assertThat(first.toCompletableFuture()).isCompleted();
        source.available = new java.util.concurrent.CompletableFuture<>();
        CompletionStage<Void> second = harness.puller().isAvailable();
        source.available.completeExceptionally(new IOException("broken"));
        assertThat(second.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aRestoredReaderGoesOnWithItsSplitsAndTheirWatermarks() throws Exception {
        source = new ScriptedSource.Bounded();
        OperatorHarness before = harness();
        assign(before, "a", "b", "c");
        noMore(before);
        read(before, "a", 100);
        read(before, "b", 200);
        read(before, "c", 300);
        finish(before, "c");
        assertThat(before.watermarks()).containsExactly(99L);

        OperatorHarness after = restore(before.snapshot(3));
        assertThat(source.calls).containsExactly("add a", "add b", "start", "no more");
        assertThat(after.watermarks())
                .as("operators behind learn what they knew")
                .containsExactly(99L);
        assertThat(after.splitRequests()).isZero();
        read(after, "a", 20);
        assertThat(after.watermarks()).containsExactly(99L);
        read(after, "a", 500);
        assertThat(after.watermarks()).as("b is where it was").containsExactly(99L, 199L);
        finish(after, "a");
        assertThat(finish(after, "b")).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void aRestoredSplitWithoutRecordsStillHoldsTheWatermark() throws Exception {
        OperatorHarness before = harness();
        assign(before, "a", "b");
        read(before, "a", 100);
        OperatorHarness after = restore(before.snapshot(3));
        read(after, "a", 200);
        assertThat(after.watermarks()).isEmpty();
        read(after, "b", 150);
        assertThat(after.watermarks()).containsExactly(149L);
    }

    @Test
    void aRestoredReaderWithNothingToReadAsksAgain() throws Exception {
        OperatorHarness before = harness();
        assertThat(before.splitRequests()).isZero();
        source.readerContext.sendSplitRequest();
        assertThat(before.splitRequests()).isEqualTo(1);
        OperatorHarness after = restore(before.snapshot(3));
        assertThat(after.splitRequests()).isEqualTo(1);
    }

    @Test
    void theEnumeratorsWatermarkEndsHereUntilTheReaderIsAtItsEnd() throws Exception {
        OperatorHarness harness = harness();
        assign(harness, "a");
        read(harness, "a", 10);
        noMore(harness);
        harness.advance(Timestamps.END);
        assertThat(harness.operator().outputWatermark(Timestamps.END)).isEqualTo(9);
        finish(harness, "a");
        assertThat(harness.operator().outputWatermark(Timestamps.END)).isEqualTo(Timestamps.END);
    }

    @Test
    void timestampsOfTheSourceAreKeptWithoutAnAssigner() throws Exception {
        OperatorHarness harness =
                OperatorHarness.unkeyed(new SourceReaderOperator<>(source, WatermarkStrategy.<Long>noWatermarks()));
        source.polls.add(out -> {
            out.forSplit("a").collect(1L, 77);
            out.forSplit("a").collect(2L);
            return InputStatus.MORE_AVAILABLE;
        });
        harness.puller().poll(10);
        assertThat(harness.emitted()).containsExactly(new Emitted(1L, 77), new Emitted(2L, Timestamps.NONE));
    }

    @Test
    void completedCheckpointsAndTheEndReachTheReader() throws Exception {
        OperatorHarness harness = harness();
        harness.operator().checkpointCompleted(5);
        harness.operator().close();
        assertThat(source.calls).containsExactly("start", "complete 5", "close");
    }

    @Test
    void brokenContractsAreNamed() throws Exception {
        OperatorHarness harness = harness();
        assertThatThrownBy(() -> harness.process(new SplitAssignment(1, null), Timestamps.NONE))
                .hasMessageContaining("subtask 1");
        source.polls.add(out -> InputStatus.END_OF_INPUT);
        assertThatThrownBy(() -> harness.puller().poll(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("END_OF_INPUT");
        source.polls.add(out -> {
            out.forSplit("a").collect(null);
            return InputStatus.MORE_AVAILABLE;
        });
        assertThatThrownBy(() -> harness.puller().poll(1)).isInstanceOf(NullPointerException.class);
        noMore(harness);
        assertThatThrownBy(() -> assign(harness, "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void damagedSplitsAreNamedWhateverByteIsMissing() throws Exception {
        OperatorHarness before = harness();
        assign(before, "split");
        OperatorSnapshotCopy snapshot = before.snapshot(3);
        byte[] whole = snapshot.parts().get("splits");
        for (int length = 0; length < whole.length; length++) {
            OperatorSnapshotCopy damaged = snapshot.with("splits", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> restore(damaged))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'splits'")
                    .hasMessageContaining("checkpoint 3");
        }
    }
}
