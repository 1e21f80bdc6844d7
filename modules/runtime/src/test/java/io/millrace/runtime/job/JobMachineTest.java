// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoint.coordination.CheckpointSettings;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.JobShape;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.protocol.SubtaskEvent.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The coordinator's main paths: every step's events are taken to be journalled before the next message. */
class JobMachineTest {
    private static final SubtaskId ROOT = new SubtaskId("source.splits", 0);
    private static final SubtaskId SINK = new SubtaskId("sink", 0);
    private static final JobSpec SPEC = new JobSpec("count", "a.Count", List.of(), 1, 16, "", 5);
    private static final JobTopology TOPOLOGY = new JobTopology(
            new JobShape(
                    16,
                    List.of(
                            new JobShape.VertexShape("source.splits", 1, List.of("source")),
                            new JobShape.VertexShape("sink", 1, List.of("sink")))),
            List.of(ROOT, SINK),
            Set.of(ROOT),
            Set.of(),
            Map.of("source.splits", List.of("source"), "sink", List.of("sink")),
            Map.of(),
            Map.of());
    private static final JobSettings SETTINGS = new JobSettings(
            new CheckpointSettings(100, 1_000, 0, 0, 2), true, RestartSettings.fixedDelay(2, 10), 500, 50, true);

    private final List<JobEvent> journal = new ArrayList<>();
    private JobMachine machine = new JobMachine(SETTINGS, JobRecord.EMPTY);
    private List<JobEffect> effects = List.of();
    private long nowMs;

    private void on(JobMessage message) {
        JobStep step = machine.on(message, nowMs, nowMs);
        journal.addAll(step.events());
        effects = step.effects();
    }

    private void on(SubtaskEvent event) {
        on(new JobMessage.FromSubtask(event));
    }

    private <T extends JobEffect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T extends SubtaskCommand> List<T> sent(Class<T> type) {
        return effects(JobEffect.Send.class).stream()
                .map(JobEffect.Send::command)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private JobRecord replayed() {
        JobRecord record = JobRecord.EMPTY;
        for (JobEvent event : journal) {
            record = record.apply(event);
        }
        return record;
    }

    private void submitAndRun() {
        on(new JobMessage.Submit(SPEC));
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of("seed", "7")));
        ready(1);
    }

    private void ready(long epoch) {
        on(new SubtaskEvent.Ready(ROOT, epoch, 1));
        on(new SubtaskEvent.Ready(SINK, epoch, 2));
    }

    private static StoredFile file(String name) {
        return new StoredFile(name, 10, 1);
    }

    private JobManifest checkpoint(long id, long epoch) {
        on(new SubtaskEvent.Acknowledged(ROOT, epoch, id, file("root" + id)));
        on(new SubtaskEvent.Acknowledged(SINK, epoch, id, file("sink" + id)));
        JobManifest manifest = effects(JobEffect.WriteManifest.class).get(0).manifest();
        on(new JobMessage.ManifestWritten(epoch, id, file("job" + id)));
        return manifest;
    }

    @Test
    void aSubmittedJobIsDefinedJournalledAndDeployed() {
        on(new JobMessage.Submit(SPEC));
        assertThat(effects).containsExactly(new JobEffect.Define(SPEC, Map.of(), true));
        assertThat(journal).isEmpty();
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of("seed", "7")));
        assertThat(journal)
                .containsExactly(
                        new JobEvent.JobSubmitted(SPEC),
                        new JobEvent.EpochClaimed(1, Map.of("seed", "7"), Map.of(), "started"));
        assertThat(effects(JobEffect.AnswerSubmit.class)).containsExactly(new JobEffect.AnswerSubmit("", false));
        assertThat(sent(SubtaskCommand.Deploy.class))
                .extracting(SubtaskCommand.Deploy::subtask)
                .containsExactly(ROOT, SINK);
        assertThat(sent(SubtaskCommand.Deploy.class)).allMatch(deploy -> deploy.restore() == null);
    }

    @Test
    void aWrongDefinitionRejectsTheJob() {
        on(new JobMessage.Submit(SPEC));
        on(new JobMessage.DefinitionFailed(SPEC, "no such class"));
        assertThat(effects).containsExactly(new JobEffect.AnswerSubmit("no such class", false));
        assertThat(journal).isEmpty();
        on(new JobMessage.Submit(SPEC));
        assertThat(effects(JobEffect.Define.class)).hasSize(1);
    }

    @Test
    void allAreConnectedOnceAllAreReady() {
        on(new JobMessage.Submit(SPEC));
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of()));
        on(new SubtaskEvent.Ready(SINK, 1, 2));
        assertThat(sent(SubtaskCommand.Connect.class)).isEmpty();
        on(new SubtaskEvent.Ready(ROOT, 1, 1));
        assertThat(sent(SubtaskCommand.Connect.class))
                .extracting(SubtaskCommand.Connect::subtask)
                .containsExactly(ROOT, SINK);
        assertThat(machine.progress().status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void deploymentsThatAreNotAnsweredAreSaidAgain() {
        on(new JobMessage.Submit(SPEC));
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of()));
        on(new SubtaskEvent.Ready(SINK, 1, 2));
        on(new JobMessage.TimerFired(JobTimer.RESEND));
        assertThat(sent(SubtaskCommand.Deploy.class))
                .extracting(SubtaskCommand.Deploy::subtask)
                .containsExactly(ROOT);
    }

    @Test
    void subtasksThatAreNotReadyInTimeArePlacedAnew() {
        on(new JobMessage.Submit(SPEC));
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of()));
        on(new SubtaskEvent.Ready(SINK, 1, 2));
        on(new JobMessage.TimerFired(JobTimer.DEPLOYMENT));
        assertThat(effects(JobEffect.Replace.class)).containsExactly(new JobEffect.Replace(ROOT, 1));
        assertThat(machine.progress().status()).isEqualTo(JobStatus.RESTARTING);
    }

    @Test
    void aCheckpointIsCommittedOnlyOnceItIsJournalled() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        assertThat(sent(SubtaskCommand.TriggerCheckpoint.class))
                .containsExactly(new SubtaskCommand.TriggerCheckpoint(ROOT, 1, 1));
        on(new SubtaskEvent.Acknowledged(ROOT, 1, 1, file("root")));
        assertThat(effects).isEmpty();
        on(new SubtaskEvent.Acknowledged(SINK, 1, 1, file("sink")));
        assertThat(effects(JobEffect.WriteManifest.class)).hasSize(1);
        assertThat(sent(SubtaskCommand.CheckpointCompleted.class)).isEmpty();
        int before = journal.size();
        on(new JobMessage.ManifestWritten(1, 1, file("job")));
        assertThat(journal.subList(before, journal.size()))
                .singleElement()
                .isInstanceOf(JobEvent.CheckpointCompleted.class);
        assertThat(sent(SubtaskCommand.CheckpointCompleted.class)).hasSize(2);
    }

    @Test
    void aFailureLeadsBackToTheLastCheckpoint() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        checkpoint(1, 1);
        on(new SubtaskEvent.Failed(SINK, 1, FailureKind.RECOVERABLE, "boom"));
        assertThat(machine.progress().status()).isEqualTo(JobStatus.RESTARTING);
        on(new JobMessage.TimerFired(JobTimer.RESTART));
        assertThat(replayed().epoch()).isEqualTo(2);
        assertThat(sent(SubtaskCommand.Deploy.class))
                .filteredOn(deploy -> deploy.subtask().equals(SINK))
                .extracting(SubtaskCommand.Deploy::restore)
                .containsExactly(new SubtaskCommand.Restore(1, file("sink1"), file("job1")));
    }

    @Test
    void whatOlderEpochsSayHasNoEffect() {
        submitAndRun();
        on(new SubtaskEvent.Failed(SINK, 1, FailureKind.RECOVERABLE, "boom"));
        on(new JobMessage.TimerFired(JobTimer.RESTART));
        ready(2);
        int before = journal.size();
        on(new SubtaskEvent.Failed(SINK, 1, FailureKind.FATAL, "late"));
        assertThat(effects).isEmpty();
        on(new SubtaskEvent.InputEnded(SINK, 1));
        on(new SubtaskEvent.Acknowledged(ROOT, 1, 1, file("late")));
        on(new JobMessage.ManifestWritten(1, 1, file("late")));
        on(new JobMessage.ManifestNotWritten(1, 1, "late"));
        assertThat(effects).isEmpty();
        assertThat(journal).hasSize(before);
        assertThat(machine.progress().status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void noRestartIsLeftAfterTheLastAttempt() {
        submitAndRun();
        for (long epoch = 1; epoch <= 2; epoch++) {
            on(new SubtaskEvent.Failed(SINK, epoch, FailureKind.RECOVERABLE, "boom"));
            on(new JobMessage.TimerFired(JobTimer.RESTART));
            ready(epoch + 1);
        }
        on(new SubtaskEvent.Failed(SINK, 3, FailureKind.RECOVERABLE, "boom"));
        assertThat(replayed().endStatus()).isEqualTo(JobStatus.FAILED);
        assertThat(replayed().endReason()).contains("boom").contains("no further restart");
        assertThat(sent(SubtaskCommand.Stop.class)).hasSize(2);
    }

    @Test
    void aFatalFailureEndsTheJob() {
        submitAndRun();
        on(new SubtaskEvent.Failed(SINK, 1, FailureKind.FATAL, "another definition"));
        assertThat(replayed().endStatus()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aNewCoordinatorClaimsAnEpochAndReadsTheManifest() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        JobManifest manifest = checkpoint(1, 1);
        machine = new JobMachine(SETTINGS, replayed());
        on(new JobMessage.ManifestWritten(1, 2, file("of its earlier life")));
        on(new JobMessage.ManifestNotWritten(1, 2, "of its earlier life"));
        assertThat(effects).isEmpty();
        on(new JobMessage.Recovered());
        assertThat(effects).containsExactly(new JobEffect.Define(SPEC, Map.of("seed", "7"), false));
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of("seed", "7")));
        assertThat(replayed().epoch()).isEqualTo(2);
        assertThat(effects(JobEffect.ReadManifest.class)).hasSize(1);
        assertThat(sent(SubtaskCommand.Deploy.class)).isEmpty();
        on(new JobMessage.ManifestRead(2, manifest));
        assertThat(sent(SubtaskCommand.Deploy.class))
                .extracting(SubtaskCommand.Deploy::restore)
                .containsExactly(
                        new SubtaskCommand.Restore(1, file("root1"), file("job1")),
                        new SubtaskCommand.Restore(1, file("sink1"), file("job1")));
    }

    @Test
    void aDamagedCheckpointLeadsToTheOneBefore() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        checkpoint(1, 1);
        nowMs = 200;
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        checkpoint(2, 1);
        on(new SubtaskEvent.Failed(SINK, 1, FailureKind.RECOVERABLE, "boom"));
        on(new JobMessage.TimerFired(JobTimer.RESTART));
        on(new SubtaskEvent.Failed(SINK, 2, FailureKind.CORRUPT_SNAPSHOT, "a bit"));
        assertThat(journal).endsWith(new JobEvent.CheckpointUnusable(2, "a bit"));
        on(new JobMessage.TimerFired(JobTimer.RESTART));
        assertThat(effects(JobEffect.ReadManifest.class))
                .extracting(read -> read.checkpoint().id())
                .containsExactly(1L);
        assertThat(replayed().lastCheckpointId()).isEqualTo(2);
    }

    @Test
    void aJobWithoutAReadableCheckpointFailsInsteadOfStartingEmpty() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        checkpoint(1, 1);
        machine = new JobMachine(SETTINGS, replayed());
        on(new JobMessage.Recovered());
        on(new JobMessage.Defined(SPEC, TOPOLOGY, Map.of()));
        on(new JobMessage.ManifestUnreadable(2, 1, true, "a bit"));
        on(new JobMessage.TimerFired(JobTimer.RESTART));
        assertThat(replayed().endStatus()).isEqualTo(JobStatus.FAILED);
        assertThat(replayed().endReason()).contains("None of the job's checkpoints can be read");
    }

    @Test
    void theFinalCheckpointIsCommittedBeforeTheJobHasFinished() {
        submitAndRun();
        on(new SubtaskEvent.InputEnded(ROOT, 1));
        on(new SubtaskEvent.InputEnded(SINK, 1));
        assertThat(sent(SubtaskCommand.TriggerCheckpoint.class)).hasSize(1);
        checkpoint(1, 1);
        assertThat(replayed().endStatus()).isNull();
        on(new SubtaskEvent.Committed(ROOT, 1, 1));
        on(new JobMessage.TimerFired(JobTimer.RESEND));
        assertThat(sent(SubtaskCommand.CheckpointCompleted.class))
                .containsExactly(new SubtaskCommand.CheckpointCompleted(SINK, 1, 1));
        on(new SubtaskEvent.Committed(SINK, 1, 1));
        assertThat(replayed().endStatus()).isEqualTo(JobStatus.FINISHED);
        assertThat(sent(SubtaskCommand.Stop.class)).hasSize(2);
    }

    @Test
    void aSubtaskThatHasNotHeardOfTheEndIsStopped() {
        submitAndRun();
        on(new JobMessage.Cancel());
        machine = new JobMachine(SETTINGS, replayed());
        on(new JobMessage.Recovered());
        assertThat(effects).isEmpty();
        on(new SubtaskEvent.Report(
                SINK, 1, true, new io.millrace.runtime.protocol.SubtaskCounters(0, 0, 0, 0, true, 0, 0)));
        assertThat(sent(SubtaskCommand.Stop.class)).containsExactly(new SubtaskCommand.Stop(SINK, 1));
    }

    @Test
    void aCanceledJobStops() {
        submitAndRun();
        on(new JobMessage.Cancel());
        assertThat(replayed().endStatus()).isEqualTo(JobStatus.CANCELED);
        assertThat(sent(SubtaskCommand.Stop.class)).hasSize(2);
        assertThat(effects).contains(new JobEffect.AnswerCancel(JobStatus.CANCELED));
    }

    @Test
    void tooManyFailedCheckpointsAreAFailure() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        on(new SubtaskEvent.Declined(SINK, 1, 1, "disk full"));
        assertThat(machine.progress().status()).isEqualTo(JobStatus.RESTARTING);
        assertThat(machine.progress().failure()).contains("disk full").contains("tolerable-failures");
    }

    @Test
    void aCheckpointThatTakesTooLongIsAborted() {
        submitAndRun();
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT));
        nowMs = 1_000;
        on(new JobMessage.TimerFired(JobTimer.CHECKPOINT_TIMEOUT));
        assertThat(machine.progress().failedCheckpoints()).isEqualTo(1);
    }
}
