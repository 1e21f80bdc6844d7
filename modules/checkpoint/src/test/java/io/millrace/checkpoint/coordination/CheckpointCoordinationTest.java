// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.storage.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointCoordinationTest {
    private static final SubtaskId A = new SubtaskId("in", 0);
    private static final SubtaskId B = new SubtaskId("count", 0);
    private static final SubtaskId STRANGER = new SubtaskId("count", 1);
    private static final CheckpointSettings SETTINGS = new CheckpointSettings(1_000, 5_000, 300, 1, 2);

    private final CheckpointCoordination coordination =
            new CheckpointCoordination(SETTINGS, 4, Set.of(A, B), 10, List.of(), 0);

    @Test
    void completesWhenAllHaveAcknowledgedAndTheJournalHasIt() {
        PendingCheckpoint begun = coordination.begin(CheckpointKind.CHECKPOINT, 1_000);
        assertThat(begun)
                .isEqualTo(new PendingCheckpoint(10, 4, CheckpointKind.CHECKPOINT, 1_000, 6_000, Set.of(A, B)));
        assertThat(coordination.pending()).contains(begun);

        assertThat(coordination.acknowledge(10, A, file("a"), 100)).isEqualTo(new AckResult.Waiting(1));
        AckResult last = coordination.acknowledge(10, B, file("b"), 20);

        assertThat(last).isInstanceOfSatisfying(AckResult.AllAcknowledged.class, all -> {
            assertThat(all.checkpoint()).isEqualTo(begun);
            assertThat(all.manifests())
                    .containsExactly(java.util.Map.entry(B, file("b")), java.util.Map.entry(A, file("a")));
        });
        assertThat(coordination.pending()).contains(begun);
        assertThat(coordination.completed()).isEmpty();

        assertThat(coordination.completed(done(10), 1_500)).isEmpty();
        assertThat(coordination.pending()).isEmpty();
        assertThat(coordination.latestCompleted()).contains(done(10));
        assertThat(coordination.history())
                .containsExactly(new CheckpointStats(
                        10, CheckpointKind.CHECKPOINT, CheckpointState.COMPLETED, 1_000, 500, 120, null));
    }

    @Test
    void ignoresAcknowledgementsThatAreStaleStrangeOrRepeated() {
        coordination.begin(CheckpointKind.CHECKPOINT, 0);

        assertIgnored(coordination.acknowledge(9, A, file("a"), 1), "checkpoint 9 is not pending");
        assertIgnored(coordination.acknowledge(11, A, file("a"), 1), "checkpoint 11 is not pending");
        assertIgnored(coordination.acknowledge(10, STRANGER, file("a"), 1), "count-1 is not part of checkpoint 10");
        assertThat(coordination.acknowledge(10, A, file("a"), 1)).isEqualTo(new AckResult.Waiting(1));
        assertIgnored(coordination.acknowledge(10, A, file("other"), 1), "in-0 has acknowledged checkpoint 10 before");
        coordination.fail(10, "x", 1);
        assertIgnored(coordination.acknowledge(10, B, file("b"), 1), "checkpoint 10 is not pending");

        assertThat(coordination.history().get(0).bytes()).isEqualTo(1);
    }

    @Test
    void aDuplicateCannotStandInForTheMissingOne() {
        coordination.begin(CheckpointKind.CHECKPOINT, 0);
        coordination.acknowledge(10, A, file("a"), 1);
        coordination.acknowledge(10, A, file("a"), 1);

        assertThatThrownBy(() -> coordination.completed(done(10), 1)).isInstanceOf(IllegalStateException.class);
        assertThat(coordination.completed()).isEmpty();
    }

    @Test
    void oneDeclineAborts() {
        PendingCheckpoint begun = coordination.begin(CheckpointKind.CHECKPOINT, 100);

        assertThat(coordination.decline(9, A, "stale", 150)).isEmpty();
        assertThat(coordination.decline(10, STRANGER, "stranger", 150)).isEmpty();
        assertThat(coordination.decline(10, B, "disk full", 150)).contains(begun);
        assertThat(coordination.decline(10, A, "late", 160)).isEmpty();

        assertThat(coordination.history())
                .containsExactly(new CheckpointStats(
                        10,
                        CheckpointKind.CHECKPOINT,
                        CheckpointState.ABORTED,
                        100,
                        50,
                        0,
                        "declined by subtask count-0: disk full"));
        assertThat(coordination.begin(CheckpointKind.CHECKPOINT, 200).id()).isEqualTo(11);
    }

    @Test
    void aSubtaskThatHasAcknowledgedCannotDecline() {
        coordination.begin(CheckpointKind.CHECKPOINT, 0);
        coordination.acknowledge(10, A, file("a"), 1);
        assertThat(coordination.decline(10, A, "changed its mind", 1)).isEmpty();
        assertThat(coordination.pending()).isPresent();
    }

    @Test
    void timesOutAtTheDeadlineAndNamesWhoIsMissing() {
        assertThat(coordination.timeout(1_000_000)).isEmpty();
        PendingCheckpoint begun = coordination.begin(CheckpointKind.CHECKPOINT, 100);
        coordination.acknowledge(10, A, file("a"), 7);

        assertThat(coordination.timeout(5_099)).isEmpty();
        assertThat(coordination.timeout(5_100)).contains(begun);

        assertThat(coordination.history().get(0).failureReason())
                .isEqualTo("timed out after 5000 ms, waiting for 1 of 2 subtasks, first [count-0]");
        assertThat(coordination.timeout(5_101)).isEmpty();
    }

    @Test
    void mayTimeOutBetweenTheLastAcknowledgementAndTheJournal() {
        acknowledged(CheckpointKind.CHECKPOINT, 0);
        assertThat(coordination.timeout(5_000)).isPresent();
        assertThat(coordination.history().get(0).failureReason()).contains("not yet in the journal");
        assertThatThrownBy(() -> coordination.completed(done(10), 5_001)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void triggersByIntervalFromTheLastTriggerAndByPauseFromTheLastEnd() {
        assertThat(coordination.nextTriggerMs()).hasValue(1_000);
        coordination.begin(CheckpointKind.CHECKPOINT, 1_000);
        assertThat(coordination.nextTriggerMs()).isEmpty();
        coordination.fail(10, "x", 1_100);
        assertThat(coordination.nextTriggerMs()).hasValue(2_000);
        coordination.begin(CheckpointKind.CHECKPOINT, 2_000);
        coordination.fail(11, "x", 2_900);
        assertThat(coordination.nextTriggerMs()).hasValue(3_200);
    }

    @Test
    void withoutAnIntervalNothingIsPeriodic() {
        CheckpointSettings onDemand = new CheckpointSettings(CheckpointSettings.NOT_PERIODIC, 1, 0, 0, 1);
        CheckpointCoordination quiet = new CheckpointCoordination(onDemand, 1, Set.of(A), 1, List.of(), 0);
        assertThat(quiet.nextTriggerMs()).isEmpty();
        assertThat(quiet.begin(CheckpointKind.FINAL, 5).id()).isEqualTo(1);
    }

    @Test
    void onlyOneIsPending() {
        coordination.begin(CheckpointKind.CHECKPOINT, 0);
        assertThatThrownBy(() -> coordination.begin(CheckpointKind.SAVEPOINT, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Checkpoint 10 is pending");
        assertThat(coordination.nextId()).isEqualTo(11);
    }

    @Test
    void keepsTheNewestAndAllSavepoints() {
        complete(CheckpointKind.CHECKPOINT, 0);
        complete(CheckpointKind.SAVEPOINT, 10);
        complete(CheckpointKind.CHECKPOINT, 20);
        assertThat(complete(CheckpointKind.CHECKPOINT, 30)).containsExactly(done(10));
        assertThat(complete(CheckpointKind.FINAL, 40)).containsExactly(done(12));

        CompletedCheckpoint savepoint = done(11, CheckpointKind.SAVEPOINT);
        assertThat(coordination.completed()).containsExactly(savepoint, done(13), done(14, CheckpointKind.FINAL));
        assertThat(coordination.history().stream().map(CheckpointStats::state))
                .containsExactly(
                        CheckpointState.COMPLETED,
                        CheckpointState.COMPLETED,
                        CheckpointState.SUBSUMED,
                        CheckpointState.COMPLETED,
                        CheckpointState.SUBSUMED);

        coordination.disposed(13);
        coordination.disposed(11);
        assertThat(coordination.completed()).containsExactly(done(13), done(14, CheckpointKind.FINAL));
    }

    @Test
    void subsumesWhatAnEarlierEpochLeft() {
        CheckpointCoordination recovered =
                new CheckpointCoordination(SETTINGS, 5, Set.of(A), 30, List.of(done(10), done(20)), 0);
        assertThat(recovered.latestCompleted()).contains(done(20));
        recovered.begin(CheckpointKind.CHECKPOINT, 0);
        recovered.acknowledge(30, A, file("a"), 1);
        CompletedCheckpoint completed = new CompletedCheckpoint(30, 5, CheckpointKind.CHECKPOINT, file("m30"));
        assertThat(recovered.completed(completed, 1)).containsExactly(done(10));
    }

    @Test
    void failuresInARowAreToleratedToALimit() {
        failNext(0);
        assertThat(coordination.toleranceExceeded()).isFalse();
        complete(CheckpointKind.CHECKPOINT, 10);
        failNext(20);
        assertThat(coordination.toleranceExceeded()).isFalse();
        failNext(30);
        assertThat(coordination.toleranceExceeded()).isTrue();
        complete(CheckpointKind.CHECKPOINT, 40);
        assertThat(coordination.toleranceExceeded()).isFalse();
    }

    @Test
    void neitherSavepointsNorWithdrawalsCountAsFailures() {
        for (int i = 0; i < 5; i++) {
            PendingCheckpoint savepoint = coordination.begin(CheckpointKind.SAVEPOINT, i);
            coordination.decline(savepoint.id(), A, "x", i);
            PendingCheckpoint checkpoint = coordination.begin(CheckpointKind.CHECKPOINT, i);
            assertThat(coordination.withdraw(checkpoint.id(), "savepoint asked for", i))
                    .contains(checkpoint);
        }
        assertThat(coordination.toleranceExceeded()).isFalse();
        assertThat(coordination.nextId()).isEqualTo(20);
    }

    @Test
    void aNewEpochWithdrawsThePendingOneAndGoesOnCounting() {
        failNext(0);
        failNext(0);
        PendingCheckpoint begun = coordination.begin(CheckpointKind.CHECKPOINT, 100);
        coordination.acknowledge(begun.id(), A, file("a"), 1);

        assertThat(coordination.startEpoch(5, Set.of(A, STRANGER), 700)).contains(begun);

        assertThat(coordination.toleranceExceeded()).isFalse();
        assertThat(coordination.nextTriggerMs()).hasValue(1_700);
        assertIgnored(coordination.acknowledge(begun.id(), B, file("b"), 1), "not pending");
        PendingCheckpoint next = coordination.begin(CheckpointKind.CHECKPOINT, 1_700);
        assertThat(next.id()).isEqualTo(13);
        assertThat(next.epoch()).isEqualTo(5);
        assertThat(next.expected()).containsExactlyInAnyOrder(A, STRANGER);
        assertThatThrownBy(() -> coordination.startEpoch(5, Set.of(A), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void completesOnlyWhatItBegan() {
        acknowledged(CheckpointKind.CHECKPOINT, 0);
        assertThatThrownBy(() -> coordination.completed(done(9), 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> coordination.completed(done(10, CheckpointKind.SAVEPOINT), 1))
                .isInstanceOf(IllegalStateException.class);
        CompletedCheckpoint otherEpoch = new CompletedCheckpoint(10, 3, CheckpointKind.CHECKPOINT, file("m"));
        assertThatThrownBy(() -> coordination.completed(otherEpoch, 1)).isInstanceOf(IllegalStateException.class);
        coordination.completed(done(10), 1);
        assertThatThrownBy(() -> coordination.completed(done(10), 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void historyIsBoundedAndBeginsWithThePendingOne() {
        for (int i = 0; i < CheckpointCoordination.MAX_HISTORY + 5; i++) {
            failNext(i);
        }
        assertThat(coordination.history()).hasSize(CheckpointCoordination.MAX_HISTORY);
        long newest = coordination.begin(CheckpointKind.CHECKPOINT, 0).id();
        CheckpointStats pending = coordination.history().get(0);
        assertThat(pending.id()).isEqualTo(newest);
        assertThat(pending.state()).isEqualTo(CheckpointState.PENDING);
        assertThat(pending.durationMs()).isEqualTo(CheckpointStats.UNKNOWN);
        assertThat(coordination.history().get(1).id()).isEqualTo(newest - 1);
    }

    @Test
    void aClockSetBackGivesNoNegativeDuration() {
        coordination.begin(CheckpointKind.CHECKPOINT, 1_000);
        coordination.fail(10, "x", 400);
        assertThat(coordination.history().get(0).durationMs()).isZero();
    }

    @Test
    void statesGoOnlyForward() {
        assertThat(CheckpointState.PENDING.mayBecome(CheckpointState.COMPLETED)).isTrue();
        assertThat(CheckpointState.PENDING.mayBecome(CheckpointState.ABORTED)).isTrue();
        assertThat(CheckpointState.PENDING.mayBecome(CheckpointState.SUBSUMED)).isFalse();
        assertThat(CheckpointState.COMPLETED.mayBecome(CheckpointState.SUBSUMED))
                .isTrue();
        assertThat(CheckpointState.COMPLETED.mayBecome(CheckpointState.ABORTED)).isFalse();
        for (CheckpointState next : CheckpointState.values()) {
            assertThat(CheckpointState.ABORTED.mayBecome(next)).isFalse();
            assertThat(CheckpointState.SUBSUMED.mayBecome(next)).isFalse();
            assertThat(next.mayBecome(CheckpointState.PENDING)).isFalse();
        }
    }

    @Test
    void refusesAnImpossibleStart() {
        assertThatThrownBy(() -> new CheckpointCoordination(SETTINGS, 1, Set.of(), 1, List.of(), 0))
                .hasMessageContaining("at least one subtask");
        assertThatThrownBy(() -> new CheckpointCoordination(SETTINGS, 1, Set.of(A), 10, List.of(done(10)), 0))
                .hasMessageContaining("expected at least 11, found 10");
        assertThatThrownBy(() -> new CheckpointCoordination(SETTINGS, 1, Set.of(A), 30, List.of(done(20), done(10)), 0))
                .hasMessageContaining("oldest first");
        assertThatThrownBy(() -> new SubtaskId("v", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0, 0, 1, interval",
        "1, 0, 0, 0, 1, timeout",
        "1, 1, -1, 0, 1, min-pause",
        "1, 1, 0, -1, 1, tolerable-failures",
        "1, 1, 0, 0, 0, retain",
        "9223372036854775807, 1, 0, 0, 1, interval",
        "1, 9223372036854775807, 0, 0, 1, timeout"
    })
    void refusesSettingsOutOfRange(long interval, long timeout, long pause, int failures, int retained, String key) {
        assertThatThrownBy(() -> new CheckpointSettings(interval, timeout, pause, failures, retained))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.checkpointing." + key);
    }

    private void failNext(long nowMs) {
        PendingCheckpoint begun = coordination.begin(CheckpointKind.CHECKPOINT, nowMs);
        assertThat(coordination.fail(begun.id(), "x", nowMs)).isEqualTo(Optional.of(begun));
    }

    private PendingCheckpoint acknowledged(CheckpointKind kind, long nowMs) {
        PendingCheckpoint begun = coordination.begin(kind, nowMs);
        coordination.acknowledge(begun.id(), A, file("a"), 1);
        coordination.acknowledge(begun.id(), B, file("b"), 1);
        return begun;
    }

    private List<CompletedCheckpoint> complete(CheckpointKind kind, long nowMs) {
        return coordination.completed(done(acknowledged(kind, nowMs).id(), kind), nowMs);
    }

    private static void assertIgnored(AckResult result, String reason) {
        assertThat(result).isInstanceOfSatisfying(AckResult.Ignored.class, ignored -> assertThat(ignored.reason())
                .contains(reason));
    }

    private static CompletedCheckpoint done(long id) {
        return done(id, CheckpointKind.CHECKPOINT);
    }

    private static CompletedCheckpoint done(long id, CheckpointKind kind) {
        return new CompletedCheckpoint(id, 4, kind, file("m" + id));
    }

    private static StoredFile file(String path) {
        return new StoredFile(path, 1, 1);
    }
}
