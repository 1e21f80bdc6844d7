// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.AckResult;
import io.millrace.checkpoint.coordination.CheckpointCoordination;
import io.millrace.checkpoint.coordination.CheckpointSettings;
import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.PendingCheckpoint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one epoch: triggers, counts answers, and says what is to be journalled. Each method that can end a
 * checkpoint badly answers with the reason why the epoch has to fail, if it has to. Confined to the coordinator.
 */
final class JobCheckpoints {
    /** Pause before the final checkpoint is tried again. */
    private static final long FINAL_RETRY_MS = 200;

    /** A checkpoint that is to be journalled as complete. */
    record Completion(CompletedCheckpoint checkpoint, List<Long> subsumed, JobManifest manifest) {}

    private final CheckpointSettings settings;
    private final JobTopology topology;
    private final JobRecord record;
    private final CheckpointCoordination coordination;
    private final JobStatistics statistics;
    private boolean draining;
    private @Nullable JobManifest writing;

    /**
     * @param record what the journal says, the epoch's claim included
     * @param nextId first id to give
     */
    JobCheckpoints(
            CheckpointSettings settings,
            JobTopology topology,
            JobRecord record,
            long nextId,
            JobStatistics statistics,
            long nowMs) {
        this.settings = settings;
        this.topology = topology;
        this.record = record;
        this.statistics = statistics;
        this.coordination = new CheckpointCoordination(
                settings, record.epoch(), Set.copyOf(topology.subtasks()), nextId, record.checkpoints(), nowMs);
    }

    /** Periodic checkpoints begin. */
    void start(JobStep step) {
        if (settings.intervalMs() != CheckpointSettings.NOT_PERIODIC) {
            step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT, settings.intervalMs()));
        }
    }

    /** All input was read: the next checkpoint is the last. */
    void drain(JobStep step, long nowMs) {
        draining = true;
        begin(step, nowMs);
    }

    /** Begins a checkpoint, unless one is pending. */
    void begin(JobStep step, long nowMs) {
        if (coordination.pending().isPresent()) {
            return;
        }
        PendingCheckpoint pending =
                coordination.begin(draining ? CheckpointKind.FINAL : CheckpointKind.CHECKPOINT, nowMs);
        for (SubtaskId root : topology.roots()) {
            step.then(new JobEffect.Send(new SubtaskCommand.TriggerCheckpoint(root, record.epoch(), pending.id())));
        }
        step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT_TIMEOUT, pending.deadlineMs() - nowMs));
    }

    void acknowledge(SubtaskEvent.Acknowledged ack, JobStep step, long wallMs) {
        AckResult result = coordination.acknowledge(
                ack.checkpointId(),
                ack.subtask(),
                ack.manifest(),
                ack.manifest().length());
        if (result instanceof AckResult.AllAcknowledged all) {
            writing = topology.manifestOf(Objects.requireNonNull(record.spec()), record.epoch(), all, wallMs);
            step.then(new JobEffect.WriteManifest(writing));
        }
    }

    Optional<String> decline(SubtaskEvent.Declined declined, JobStep step, long nowMs) {
        return coordination
                .decline(declined.checkpointId(), declined.subtask(), declined.reason(), nowMs)
                .flatMap(aborted -> aborted(
                        aborted, "the subtask " + declined.subtask() + " declined: " + declined.reason(), step, nowMs));
    }

    Optional<String> notWritten(JobMessage.ManifestNotWritten failed, JobStep step, long nowMs) {
        return coordination
                .fail(failed.checkpointId(), failed.reason(), nowMs)
                .flatMap(aborted -> aborted(aborted, failed.reason(), step, nowMs));
    }

    Optional<String> timeout(JobStep step, long nowMs) {
        return coordination
                .timeout(nowMs)
                .flatMap(aborted ->
                        aborted(aborted, "it took longer than " + settings.timeoutMs() + " ms", step, nowMs));
    }

    private Optional<String> aborted(PendingCheckpoint checkpoint, String reason, JobStep step, long nowMs) {
        statistics.checkpointFailed();
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT_TIMEOUT));
        step.then(new JobEffect.Log(true, "Checkpoint " + checkpoint.id() + " was aborted: " + reason));
        if (coordination.toleranceExceeded()) {
            return Optional.of("More than " + settings.tolerableFailures()
                    + " checkpoints in a row failed (millrace.checkpointing.tolerable-failures), the last because "
                    + reason + ".");
        }
        scheduleNext(step, nowMs);
        return Optional.empty();
    }

    /** The manifest is durable: what is to be journalled, unless the checkpoint is over by now. */
    Optional<Completion> written(JobMessage.ManifestWritten written, long nowMs) {
        Optional<PendingCheckpoint> pending = coordination.pending();
        if (pending.isEmpty() || pending.get().id() != written.checkpointId() || writing == null) {
            return Optional.empty();
        }
        CompletedCheckpoint completed = new CompletedCheckpoint(
                written.checkpointId(), record.epoch(), pending.get().kind(), written.manifest());
        List<Long> subsumed = coordination.completed(completed, nowMs).stream()
                .map(CompletedCheckpoint::id)
                .toList();
        statistics.checkpointCompleted();
        return Optional.of(new Completion(completed, subsumed, writing));
    }

    /** After a checkpoint has ended: when the next one begins. */
    void scheduleNext(JobStep step, long nowMs) {
        if (draining) {
            step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT, FINAL_RETRY_MS));
            return;
        }
        coordination
                .nextTriggerMs()
                .ifPresent(dueMs -> step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT, Math.max(0, dueMs - nowMs))));
    }

    /** The epoch has failed: what is pending is over. */
    void withdraw(String reason, long nowMs) {
        coordination.pending().ifPresent(pending -> coordination.withdraw(pending.id(), reason, nowMs));
    }

    /** The id that the next checkpoint will have. */
    long nextId() {
        return coordination.nextId();
    }
}
