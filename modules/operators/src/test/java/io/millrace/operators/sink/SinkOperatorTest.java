// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.SinkWriter;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorHarness.Pending;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkOperatorTest {
    private final RecordingSink sink = new RecordingSink();

    private OperatorHarness harness(OperatorSnapshotCopy restored) throws Exception {
        return OperatorHarness.unkeyed(new SinkOperator(sink), restored);
    }

    private OperatorHarness harness() throws Exception {
        return harness(null);
    }

    private static OperatorSnapshotCopy write(OperatorHarness harness, String record, long checkpointId)
            throws Exception {
        harness.process(record, 0);
        return harness.snapshot(checkpointId);
    }

    @Test
    void aPlainSinkWritesAndFlushesAtBarriersAndTheEnd() throws Exception {
        List<Object> calls = new ArrayList<>();
        SinkOperator operator = new SinkOperator(context -> new SinkWriter<>() {
            @Override
            public void write(Object record, long timestamp) {
                calls.add(new Emitted(record, timestamp));
            }

            @Override
            public void flush(boolean endOfInput) {
                calls.add("flush " + endOfInput);
            }

            @Override
            public void close() {
                calls.add("close");
            }
        });
        OperatorHarness harness = OperatorHarness.unkeyed(operator);
        harness.process("a", 5);
        assertThat(harness.barrier(1).snapshot()).isEqualTo(OperatorSnapshot.EMPTY);
        operator.checkpointCompleted(1);
        assertThat(operator.committed(1)).isTrue();
        operator.endInput();
        operator.close();
        assertThat(calls).containsExactly(new Emitted("a", 5), "flush false", "flush true", "close");
    }

    @Test
    void commitsAfterTheCheckpointIsCompleteAndNotBefore() throws Exception {
        OperatorHarness harness = harness();
        write(harness, "a", 1);
        harness.runAsyncCalls();
        assertThat(sink.committed).isEmpty();
        assertThat(harness.operator().committed(1)).isFalse();
        harness.operator().checkpointCompleted(1);
        assertThat(harness.operator().committed(1)).isFalse();
        harness.runAsyncCalls();
        assertThat(sink.committed).containsExactly("1:[a]");
        assertThat(harness.operator().committed(1)).isTrue();
        assertThat(sink.calls).containsExactly("writer operator-id 1 0", "flush false", "prepare 1", "commit [1:[a]]");
    }

    @Test
    void commitsOlderCheckpointsTooInOrderAndOneAtATime() throws Exception {
        OperatorHarness harness = harness();
        write(harness, "a", 1);
        write(harness, "b", 2);
        write(harness, "c", 3);
        harness.operator().checkpointCompleted(2);
        assertThat(harness.waitingAsyncCalls()).isEqualTo(1);
        harness.operator().checkpointCompleted(3);
        assertThat(harness.waitingAsyncCalls()).isEqualTo(1);
        harness.runAsyncCall();
        assertThat(harness.operator().committed(1)).isTrue();
        assertThat(harness.operator().committed(2)).isFalse();
        harness.runAsyncCalls();
        assertThat(sink.committed).containsExactly("1:[a]", "2:[b]", "3:[c]");
        assertThat(harness.operator().committed(3)).isTrue();
    }

    @Test
    void aCheckpointThatIsNotCompleteIsNotCommittedWithAnOlderOne() throws Exception {
        OperatorHarness harness = harness();
        write(harness, "a", 1);
        write(harness, "b", 2);
        harness.operator().checkpointCompleted(1);
        harness.runAsyncCalls();
        assertThat(sink.committed).containsExactly("1:[a]");
        assertThat(harness.operator().committed(2)).isFalse();
    }

    @Test
    void nothingPreparedIsCommittedWithoutACall() throws Exception {
        OperatorHarness harness = harness();
        harness.snapshot(1);
        harness.operator().checkpointCompleted(1);
        assertThat(harness.waitingAsyncCalls()).isZero();
        assertThat(harness.operator().committed(1)).isTrue();
    }

    @Test
    void aFailedCommitIsTriedAgainWithGrowingDelays() throws Exception {
        OperatorHarness harness = harness();
        for (int i = 0; i < 10; i++) {
            sink.commitFailures.add(new IOException("away " + i));
        }
        write(harness, "a", 1);
        write(harness, "b", 2);
        harness.operator().checkpointCompleted(2);
        for (int i = 0; i < 10; i++) {
            harness.runAsyncCalls();
            assertThat(harness.operator().committed(1)).isFalse();
            harness.passTime(Duration.ofSeconds(10));
        }
        harness.runAsyncCalls();
        assertThat(harness.delays().stream().map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
        assertThat(sink.committed).containsExactly("1:[a]", "2:[b]");

        sink.commitFailures.add(new IOException("again"));
        write(harness, "c", 3);
        harness.operator().checkpointCompleted(3);
        harness.runAsyncCalls();
        assertThat(harness.delays()).as("a success starts the delays anew").endsWith(Duration.ofMillis(100));
    }

    @Test
    void aCheckpointThatCompletesDuringARetryWaitsItsTurn() throws Exception {
        OperatorHarness harness = harness();
        sink.commitFailures.add(new IOException("away"));
        write(harness, "a", 1);
        harness.operator().checkpointCompleted(1);
        harness.runAsyncCalls();
        write(harness, "b", 2);
        harness.operator().checkpointCompleted(2);
        assertThat(harness.waitingAsyncCalls()).isZero();
        harness.passTime(Duration.ofMillis(100));
        harness.runAsyncCalls();
        assertThat(sink.committed).containsExactly("1:[a]", "2:[b]");
    }

    @Test
    void delaysStayAtTheLongestForEver() {
        assertThat(CommitQueue.delayAfter(1_000_000)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aCommitThatCanNeverSucceedFailsLoudly() throws Exception {
        OperatorHarness harness = harness();
        sink.commitFailures.add(new CommitFailedException("the transaction has expired"));
        write(harness, "a", 7);
        harness.operator().checkpointCompleted(7);
        assertThatThrownBy(harness::runAsyncCalls)
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("checkpoint 7")
                .hasMessageContaining("operator-id")
                .hasMessageContaining("the transaction has expired");
        assertThat(harness.operator().committed(7)).isFalse();
    }

    @Test
    void aBugInTheCommitterFailsLoudlyToo() throws Exception {
        OperatorHarness harness = harness();
        sink.commitFailures.add(new IllegalArgumentException("bad name"));
        write(harness, "a", 7);
        harness.operator().checkpointCompleted(7);
        assertThatThrownBy(harness::runAsyncCalls)
                .hasMessageContaining("checkpoint 7")
                .hasMessageContaining("bad name");
    }

    @Test
    void restoredCommittablesAreCommittedAtTheStart() throws Exception {
        OperatorHarness before = harness();
        write(before, "a", 1);
        OperatorSnapshotCopy snapshot = write(before, "b", 2);
        OperatorHarness after = harness(snapshot);
        assertThat(after.operator().committed(2)).isFalse();
        after.runAsyncCalls();
        assertThat(sink.committed).containsExactly("1:[a]", "2:[b]");
        assertThat(after.operator().committed(2)).isTrue();
        assertThat(sink.calls).contains("writer operator-id 2 2");
    }

    @Test
    void aCommitWithALostAnswerIsRepeatedAndSeenOnce() throws Exception {
        OperatorHarness before = harness();
        OperatorSnapshotCopy snapshot = write(before, "a", 1);
        sink.lostAnswer = new IOException("no answer");
        before.operator().checkpointCompleted(1);
        before.runAsyncCalls();
        assertThat(sink.committed).containsExactly("1:[a]");
        assertThat(before.operator().committed(1)).isFalse();
        OperatorHarness after = harness(snapshot);
        after.runAsyncCalls();
        assertThat(sink.calls.stream().filter("commit [1:[a]]"::equals)).hasSize(2);
        assertThat(sink.committed).containsExactly("1:[a]");
    }

    @Test
    void committedOutputLeavesTheSnapshotsAndOtherOutputStays() throws Exception {
        OperatorHarness before = harness();
        write(before, "a", 1);
        before.operator().checkpointCompleted(1);
        OperatorSnapshotCopy during = write(before, "b", 2);
        before.runAsyncCalls();
        OperatorSnapshotCopy later = write(before, "c", 3);

        sink.committed.clear();
        harness(later).runAsyncCalls();
        assertThat(sink.committed).as("1 was committed, 2 and 3 were not").containsExactly("2:[b]", "3:[c]");
        sink.committed.clear();
        harness(during).runAsyncCalls();
        assertThat(sink.committed).as("1 was being committed").containsExactly("1:[a]", "2:[b]");
    }

    @Test
    void aSnapshotWaitsUntilAllItsOutputIsPrepared() throws Exception {
        sink.prepareByHand = true;
        OperatorHarness harness = harness();
        Pending first = harness.barrier(1);
        Pending second = harness.barrier(2);
        sink.preparing.get(1).complete(List.of("two"));
        harness.runIo();
        assertThat(second.isComplete())
                .as("it holds the output of checkpoint 1 too")
                .isFalse();
        sink.preparing.get(0).complete(List.of("one"));
        harness.runIo();
        assertThat(first.isComplete()).isTrue();
        harness(second.copy()).runAsyncCalls();
        assertThat(sink.committed).containsExactly("one", "two");
    }

    @Test
    void outputThatCouldNotBePreparedFailsEverySnapshotFromThen() throws Exception {
        sink.prepareByHand = true;
        OperatorHarness harness = harness();
        Pending first = harness.barrier(1);
        sink.preparing.get(0).completeExceptionally(new IOException("disk full"));
        Pending second = harness.barrier(2);
        sink.preparing.get(1).complete(List.of("two"));
        harness.runIo();
        assertThatThrownBy(first::copy).hasRootCauseMessage("disk full");
        assertThatThrownBy(second::copy).hasRootCauseMessage("disk full");
    }

    @Test
    void completionOfWhatIsNotPreparedIsRefused() throws Exception {
        sink.prepareByHand = true;
        OperatorHarness harness = harness();
        harness.barrier(1);
        assertThatThrownBy(() -> harness.operator().checkpointCompleted(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Checkpoint 1");
    }

    @Test
    void theLastCheckpointAfterTheEndCommitsWhatIsLeft() throws Exception {
        OperatorHarness harness = harness();
        harness.process("a", 0);
        harness.operator().endInput();
        harness.snapshot(1);
        harness.operator().checkpointCompleted(1);
        harness.runAsyncCalls();
        assertThat(sink.calls)
                .containsExactly("writer operator-id 1 0", "flush true", "flush false", "prepare 1", "commit [1:[a]]");
    }

    @Test
    void theCommitterIsNotClosedWhileItCommits() throws Exception {
        OperatorHarness harness = harness();
        write(harness, "a", 1);
        harness.operator().checkpointCompleted(1);
        sink.duringCommit = () -> {
            try {
                harness.operator().close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            assertThat(sink.calls).endsWith("close writer");
        };
        harness.runAsyncCalls();
        assertThat(sink.calls).endsWith("close writer", "close committer");
    }

    @Test
    void aClosedSinkCommitsNoMore() throws Exception {
        OperatorHarness harness = harness();
        write(harness, "a", 1);
        harness.operator().checkpointCompleted(1);
        harness.operator().close();
        harness.runAsyncCalls();
        assertThat(sink.committed).isEmpty();
        assertThat(sink.calls).endsWith("close writer", "close committer");
    }

    @Test
    void damagedCommittablesAreNamedWhateverByteIsMissing() throws Exception {
        OperatorSnapshotCopy snapshot = write(harness(), "a", 1);
        byte[] whole = snapshot.parts().get("committables");
        for (int length = 0; length < whole.length; length++) {
            OperatorSnapshotCopy damaged = snapshot.with("committables", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> harness(damaged))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'committables'");
        }
    }
}
