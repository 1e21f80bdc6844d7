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
import io.millrace.checkpoint.manifest.RestorePlan;
import io.millrace.checkpoint.manifest.RestoreRefusedException;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of one job: a message in, a {@link JobStep} out. Pure: the caller journals the step's events, then
 * carries out its effects, and brings no further message in between. When journalling fails the machine must be thrown
 * away, and a new one made from what the journal really holds.
 *
 * <pre>
 *  IDLE ─▶ DEFINING ─▶ RESTORING ─▶ DEPLOYING ─▶ RUNNING ─▶ DRAINING ─▶ COMMITTING ─▶ ENDED
 *             ▲  (epoch claimed) ▲      │           │          │            │           ▲
 *             │                  │      ▼           ▼          ▼            ▼           │
 *             │                  └── RESTARTING ◀── failure of a subtask or checkpoints ─┘ no restart left, cancel
 *             └── a coordinator that has replayed the journal of a job that has not ended
 * </pre>
 *
 * <p>Invariants, each checked by the simulation: nothing of an epoch is done before its claim is journalled; a
 * checkpoint is complete, and its output committed, only once the journal says so; messages of other epochs have no
 * effect. Confined to one actor.
 */
public final class JobMachine {
    private enum Phase {
        IDLE,
        DEFINING,
        RESTORING,
        DEPLOYING,
        RUNNING,
        DRAINING,
        COMMITTING,
        RESTARTING,
        ENDED
    }

    /** Pause before the final checkpoint is tried again. */
    private static final long FINAL_RETRY_MS = 200;

    private final JobSettings settings;
    private final RestartStrategy restartStrategy;
    private JobRecord record;
    private Phase phase;
    private @Nullable JobTopology topology;
    private @Nullable JobSpec submitted;
    private @Nullable JobManifest latestManifest;
    private @Nullable JobManifest writingManifest;
    private @Nullable CheckpointCoordination checkpoints;
    private EpochProgress progress = new EpochProgress(List.of());
    /** Subtasks that get another entity with the next epoch. */
    private final List<SubtaskId> replaced = new ArrayList<>();

    private final JobStatistics statistics = new JobStatistics();
    private long nextCheckpointId = 1;

    /**
     * @param record what the journal says
     */
    public JobMachine(JobSettings settings, JobRecord record) {
        this.settings = settings;
        this.restartStrategy = new RestartStrategy(settings.restart());
        this.record = record;
        this.phase = record.endStatus() == null ? Phase.IDLE : Phase.ENDED;
    }

    /** What the journal says, once the last step's events are in it. */
    public JobRecord record() {
        return record;
    }

    /**
     * Handles a message.
     *
     * @param nowMs monotonic time, milliseconds
     * @param wallMs time of day, for people: milliseconds since the epoch
     */
    public JobStep on(JobMessage message, long nowMs, long wallMs) {
        JobStep step = new JobStep();
        if (message instanceof JobMessage.FromSubtask fromSubtask) {
            onSubtask(fromSubtask.event(), step, nowMs, wallMs);
        } else if (message instanceof JobMessage.TimerFired fired) {
            onTimer(fired.timer(), step, nowMs);
        } else if (message instanceof JobMessage.Submit submit) {
            onSubmit(submit.spec(), step);
        } else if (message instanceof JobMessage.Cancel) {
            onCancel(step);
        } else if (message instanceof JobMessage.Recovered) {
            onRecovered(step);
        } else if (message instanceof JobMessage.Defined defined) {
            onDefined(defined, step, nowMs);
        } else if (message instanceof JobMessage.DefinitionFailed failed) {
            onDefinitionFailed(failed.reason(), step);
        } else {
            onManifest(message, step, nowMs);
        }
        return step;
    }

    // --- submission and definition

    private void onRecovered(JobStep step) {
        if (record.spec() != null && record.endStatus() == null) {
            define(record.spec(), step);
        }
    }

    private void onSubmit(JobSpec spec, JobStep step) {
        if (submitted != null) {
            step.then(new JobEffect.AnswerSubmit(
                    "The job '" + spec.jobName() + "' is being submitted by somebody else right now.", false));
            return;
        }
        Optional<String> rejection = SubmissionRules.reject(record, spec);
        if (rejection.isPresent()) {
            step.then(new JobEffect.AnswerSubmit(rejection.get(), false));
        } else if (record.spec() == null || phase == Phase.ENDED) {
            long startTimeMs =
                    record.spec() == null ? spec.startTimeMs() : record.spec().startTimeMs();
            submitted = spec.startedAt(startTimeMs);
            define(submitted, step);
        } else {
            step.then(new JobEffect.AnswerSubmit("", true));
        }
    }

    private void define(JobSpec spec, JobStep step) {
        phase = Phase.DEFINING;
        step.then(new JobEffect.Define(spec, record.onceValues()));
    }

    private void onDefined(JobMessage.Defined defined, JobStep step, long nowMs) {
        if (phase != Phase.DEFINING) {
            return;
        }
        topology = defined.topology();
        boolean resumed = record.epoch() > 0;
        String reason = resumed ? "resumed" : "started";
        if (submitted != null) {
            persist(new JobEvent.JobSubmitted(submitted), step);
            step.then(new JobEffect.AnswerSubmit("", resumed));
            submitted = null;
        }
        claimEpoch(reason, defined.onceValues(), step, nowMs);
    }

    private void onDefinitionFailed(String reason, JobStep step) {
        if (phase != Phase.DEFINING) {
            return;
        }
        if (submitted != null) {
            submitted = null;
            phase = record.spec() == null ? Phase.IDLE : Phase.ENDED;
            step.then(new JobEffect.AnswerSubmit(reason, false));
        } else {
            end(JobStatus.FAILED, reason, step);
        }
    }

    // --- epochs

    private void claimEpoch(String reason, Map<String, String> onceValues, JobStep step, long nowMs) {
        if (record.hasLostAllCheckpoints()) {
            end(JobStatus.FAILED, SubmissionRules.lostAllCheckpoints(record), step);
            return;
        }
        long epoch = record.epoch() + 1;
        Map<String, Long> placedEpochs = new TreeMap<>(record.placedEpochs());
        replaced.forEach(subtask -> placedEpochs.put(subtask.toString(), epoch));
        replaced.clear();
        persist(new JobEvent.EpochClaimed(epoch, onceValues, placedEpochs, reason), step);
        statistics.endEpoch(progress.counters());
        nextCheckpointId = Math.max(nextCheckpointId, record.lastCheckpointId() + 1);
        progress = new EpochProgress(topology().subtasks());
        checkpoints = new CheckpointCoordination(
                settings.checkpoints(),
                epoch,
                Set.copyOf(topology().subtasks()),
                nextCheckpointId,
                record.checkpoints(),
                nowMs);
        step.then(new JobEffect.SetTimer(JobTimer.DEPLOYMENT, settings.deploymentTimeoutMs()));
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT));
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT_TIMEOUT));
        CompletedCheckpoint latest = record.latestCheckpoint();
        if (latest == null) {
            deploy(null, step);
        } else if (latestManifest != null && latestManifest.checkpointId() == latest.id()) {
            deploy(latestManifest, step);
        } else {
            phase = Phase.RESTORING;
            step.then(new JobEffect.ReadManifest(epoch, latest));
        }
        publish(step);
    }

    private void deploy(@Nullable JobManifest manifest, JobStep step) {
        latestManifest = manifest;
        phase = Phase.DEPLOYING;
        try {
            deployments(manifest).forEach(deploy -> step.then(new JobEffect.Send(deploy)));
        } catch (RestoreRefusedException e) {
            end(JobStatus.FAILED, String.valueOf(e.getMessage()), step);
            return;
        }
        step.then(new JobEffect.SetTimer(JobTimer.RESEND, settings.resendMs()));
    }

    private List<SubtaskCommand.Deploy> deployments(@Nullable JobManifest manifest) {
        RestorePlan plan = manifest == null
                ? null
                : RestorePlan.decide(manifest, topology().shape());
        return topology().subtasks().stream()
                .map(subtask -> new SubtaskCommand.Deploy(
                        subtask,
                        record.epoch(),
                        spec(),
                        record.onceValues(),
                        topology().fingerprint(),
                        plan == null ? null : restoreOf(plan, subtask),
                        settings.exactlyOnce()))
                .toList();
    }

    private static SubtaskCommand.@Nullable Restore restoreOf(RestorePlan plan, SubtaskId subtask) {
        return plan.manifestOf(subtask.vertexId(), subtask.index())
                .map(file -> new SubtaskCommand.Restore(plan.manifest().checkpointId(), file))
                .orElse(null);
    }

    private void failure(String reason, JobStep step, long nowMs) {
        statistics.failed(reason);
        OptionalLong delay = restartStrategy.onFailure(nowMs);
        if (delay.isEmpty()) {
            String told = reason.endsWith(".") ? reason : reason + ".";
            end(JobStatus.FAILED, told + " There is no further restart: " + restartStrategy.exhausted() + ".", step);
            return;
        }
        phase = Phase.RESTARTING;
        coordination().pending().ifPresent(pending -> coordination().withdraw(pending.id(), reason, nowMs));
        nextCheckpointId = coordination().nextId();
        for (JobTimer timer :
                List.of(JobTimer.CHECKPOINT, JobTimer.CHECKPOINT_TIMEOUT, JobTimer.RESEND, JobTimer.DEPLOYMENT)) {
            step.then(new JobEffect.CancelTimer(timer));
        }
        step.then(new JobEffect.SetTimer(JobTimer.RESTART, delay.getAsLong()));
        step.then(new JobEffect.Log(
                true,
                "Epoch " + record.epoch() + " failed: " + reason + " The next one begins in " + delay.getAsLong()
                        + " ms."));
        publish(step);
    }

    /** A checkpoint that the journal has cannot be read. */
    private void corrupt(long checkpointId, String reason, JobStep step, long nowMs) {
        if (!settings.fallBackWhenCorrupt()) {
            end(JobStatus.FAILED, SubmissionRules.corruptAndNoFallBack(checkpointId, reason), step);
            return;
        }
        persist(new JobEvent.CheckpointUnusable(checkpointId, reason), step);
        latestManifest = null;
        String told = SubmissionRules.fallBack(checkpointId, reason, record.latestCheckpoint());
        step.then(new JobEffect.Log(true, told));
        failure(told, step, nowMs);
    }

    // --- subtasks

    private void onSubtask(SubtaskEvent event, JobStep step, long nowMs, long wallMs) {
        if (event.epoch() != record.epoch() || !progress.isExpected(event.subtask()) || isAtRest()) {
            return;
        }
        if (event instanceof SubtaskEvent.Report report) {
            progress.report(report);
        } else if (event instanceof SubtaskEvent.Acknowledged acknowledged) {
            onAcknowledged(acknowledged, step, wallMs);
        } else if (event instanceof SubtaskEvent.Committed committed) {
            onCommitted(committed, step);
        } else if (event instanceof SubtaskEvent.Ready ready) {
            onReady(ready, step);
        } else if (event instanceof SubtaskEvent.InputEnded ended) {
            onInputEnded(ended, step, nowMs);
        } else if (event instanceof SubtaskEvent.Declined declined) {
            coordination()
                    .decline(declined.checkpointId(), declined.subtask(), declined.reason(), nowMs)
                    .ifPresent(aborted -> aborted(aborted, declined.reason(), step, nowMs));
        } else if (event instanceof SubtaskEvent.Failed failed) {
            onFailed(failed, step, nowMs);
        }
    }

    private boolean isAtRest() {
        return phase == Phase.IDLE
                || phase == Phase.DEFINING
                || phase == Phase.RESTORING
                || phase == Phase.RESTARTING
                || phase == Phase.ENDED;
    }

    private void onReady(SubtaskEvent.Ready ready, JobStep step) {
        statistics.seen(ready.incarnation());
        if (phase != Phase.DEPLOYING || !progress.ready(ready.subtask())) {
            return;
        }
        phase = Phase.RUNNING;
        step.then(new JobEffect.CancelTimer(JobTimer.DEPLOYMENT));
        connectAll(step);
        if (settings.checkpoints().intervalMs() != CheckpointSettings.NOT_PERIODIC) {
            step.then(new JobEffect.SetTimer(
                    JobTimer.CHECKPOINT, settings.checkpoints().intervalMs()));
        }
        publish(step);
    }

    private void connectAll(JobStep step) {
        topology()
                .subtasks()
                .forEach(subtask -> step.then(new JobEffect.Send(new SubtaskCommand.Connect(subtask, record.epoch()))));
    }

    private void onFailed(SubtaskEvent.Failed failed, JobStep step, long nowMs) {
        switch (failed.kind()) {
            case FATAL -> end(JobStatus.FAILED, failed.reason(), step);
            case CORRUPT_SNAPSHOT -> {
                CompletedCheckpoint latest = record.latestCheckpoint();
                if (latest == null) {
                    failure(failed.reason(), step, nowMs);
                } else {
                    corrupt(latest.id(), failed.reason(), step, nowMs);
                }
            }
            case RECOVERABLE -> failure(failed.reason(), step, nowMs);
        }
    }

    private void onInputEnded(SubtaskEvent.InputEnded ended, JobStep step, long nowMs) {
        if (progress.ended(ended.subtask()) && phase == Phase.RUNNING) {
            phase = Phase.DRAINING;
            if (coordination().pending().isEmpty()) {
                begin(CheckpointKind.FINAL, step, nowMs);
            }
            publish(step);
        }
    }

    // --- checkpoints

    private void begin(CheckpointKind kind, JobStep step, long nowMs) {
        PendingCheckpoint pending = coordination().begin(kind, nowMs);
        for (SubtaskId root : topology().roots()) {
            step.then(new JobEffect.Send(new SubtaskCommand.TriggerCheckpoint(root, record.epoch(), pending.id())));
        }
        step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT_TIMEOUT, pending.deadlineMs() - nowMs));
    }

    private void onAcknowledged(SubtaskEvent.Acknowledged ack, JobStep step, long wallMs) {
        AckResult result = coordination()
                .acknowledge(
                        ack.checkpointId(),
                        ack.subtask(),
                        ack.manifest(),
                        ack.manifest().length());
        if (result instanceof AckResult.AllAcknowledged all) {
            writingManifest = topology().manifestOf(spec(), record.epoch(), all, wallMs);
            step.then(new JobEffect.WriteManifest(writingManifest));
        }
    }

    private void aborted(PendingCheckpoint checkpoint, String reason, JobStep step, long nowMs) {
        statistics.checkpointFailed();
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT_TIMEOUT));
        step.then(new JobEffect.Log(true, "Checkpoint " + checkpoint.id() + " was aborted: " + reason));
        if (coordination().toleranceExceeded()) {
            failure(
                    "More than " + settings.checkpoints().tolerableFailures()
                            + " checkpoints in a row failed (millrace.checkpointing.tolerable-failures), the last: "
                            + reason,
                    step,
                    nowMs);
        } else {
            scheduleNext(step, nowMs);
        }
    }

    private void scheduleNext(JobStep step, long nowMs) {
        if (phase == Phase.DRAINING) {
            step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT, FINAL_RETRY_MS));
            return;
        }
        coordination()
                .nextTriggerMs()
                .ifPresent(dueMs -> step.then(new JobEffect.SetTimer(JobTimer.CHECKPOINT, Math.max(0, dueMs - nowMs))));
    }

    private void onManifest(JobMessage message, JobStep step, long nowMs) {
        if (message instanceof JobMessage.ManifestWritten written) {
            onManifestWritten(written, step, nowMs);
        } else if (message instanceof JobMessage.ManifestNotWritten failed && failed.epoch() == record.epoch()) {
            coordination()
                    .fail(failed.checkpointId(), failed.reason(), nowMs)
                    .ifPresent(aborted -> aborted(aborted, failed.reason(), step, nowMs));
        } else if (phase != Phase.RESTORING) {
            return;
        } else if (message instanceof JobMessage.ManifestRead read && read.epoch() == record.epoch()) {
            deploy(read.manifest(), step);
        } else if (message instanceof JobMessage.ManifestUnreadable unreadable
                && unreadable.epoch() == record.epoch()) {
            if (unreadable.damaged()) {
                corrupt(unreadable.checkpointId(), unreadable.reason(), step, nowMs);
            } else {
                failure(unreadable.reason(), step, nowMs);
            }
        }
    }

    private void onManifestWritten(JobMessage.ManifestWritten written, JobStep step, long nowMs) {
        Optional<PendingCheckpoint> pending = coordination().pending();
        boolean current = written.epoch() == record.epoch()
                && !isAtRest()
                && pending.isPresent()
                && pending.get().id() == written.checkpointId();
        if (!current) {
            return;
        }
        CheckpointKind kind = pending.get().kind();
        CompletedCheckpoint completed =
                new CompletedCheckpoint(written.checkpointId(), record.epoch(), kind, written.manifest());
        List<Long> subsumed = coordination().completed(completed, nowMs).stream()
                .map(CompletedCheckpoint::id)
                .toList();
        persist(new JobEvent.CheckpointCompleted(completed, subsumed), step);
        latestManifest = writingManifest;
        restartStrategy.checkpointCompleted();
        statistics.checkpointCompleted();
        commitAll(written.checkpointId(), topology().subtasks(), step);
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT_TIMEOUT));
        step.then(new JobEffect.Sweep(spec().jobId(), record.epoch(), OptionalLong.empty(), record.checkpoints()));
        if (kind == CheckpointKind.FINAL) {
            phase = Phase.COMMITTING;
            step.then(new JobEffect.SetTimer(JobTimer.RESEND, settings.resendMs()));
        } else if (phase == Phase.DRAINING) {
            begin(CheckpointKind.FINAL, step, nowMs);
        } else {
            scheduleNext(step, nowMs);
        }
    }

    private void commitAll(long checkpointId, List<SubtaskId> subtasks, JobStep step) {
        for (SubtaskId subtask : subtasks) {
            step.then(
                    new JobEffect.Send(new SubtaskCommand.CheckpointCompleted(subtask, record.epoch(), checkpointId)));
        }
    }

    private void onCommitted(SubtaskEvent.Committed committed, JobStep step) {
        boolean last = phase == Phase.COMMITTING
                && committed.checkpointId() == record.lastCheckpointId()
                && progress.committed(committed.subtask());
        if (last) {
            end(JobStatus.FINISHED, "all input was handled", step);
        }
    }

    // --- timers

    private void onTimer(JobTimer timer, JobStep step, long nowMs) {
        switch (timer) {
            case CHECKPOINT -> {
                boolean draining = phase == Phase.DRAINING;
                if ((draining || phase == Phase.RUNNING)
                        && coordination().pending().isEmpty()) {
                    begin(draining ? CheckpointKind.FINAL : CheckpointKind.CHECKPOINT, step, nowMs);
                }
            }
            case CHECKPOINT_TIMEOUT -> {
                if (!isAtRest()) {
                    coordination()
                            .timeout(nowMs)
                            .ifPresent(aborted -> aborted(aborted, "it took too long", step, nowMs));
                }
            }
            case RESEND -> resend(step);
            case DEPLOYMENT -> onDeploymentTimeout(step, nowMs);
            case RESTART -> {
                if (phase == Phase.RESTARTING) {
                    claimEpoch(statistics.lastFailure(), record.onceValues(), step, nowMs);
                }
            }
        }
    }

    private void resend(JobStep step) {
        if (phase == Phase.DEPLOYING) {
            List<SubtaskId> missing = progress.notReady();
            deployments(latestManifest).stream()
                    .filter(deploy -> missing.contains(deploy.subtask()))
                    .forEach(deploy -> step.then(new JobEffect.Send(deploy)));
        } else if (phase == Phase.RUNNING
                && progress.counters().size() < topology().subtasks().size()) {
            connectAll(step);
        } else if (phase == Phase.COMMITTING) {
            commitAll(record.lastCheckpointId(), progress.notCommitted(), step);
        } else {
            return;
        }
        step.then(new JobEffect.SetTimer(JobTimer.RESEND, settings.resendMs()));
    }

    private void onDeploymentTimeout(JobStep step, long nowMs) {
        if (phase != Phase.DEPLOYING && phase != Phase.RESTORING) {
            return;
        }
        List<SubtaskId> missing = progress.notReady();
        missing.forEach(subtask -> step.then(new JobEffect.Replace(subtask, record.epoch())));
        replaced.addAll(missing);
        failure(
                "The subtasks " + missing + " were not ready within " + settings.deploymentTimeoutMs()
                        + " ms (millrace.recovery.deployment-timeout); they are placed anew.",
                step,
                nowMs);
    }

    // --- the end

    private void onCancel(JobStep step) {
        if (phase == Phase.ENDED || record.spec() == null) {
            JobStatus status = record.endStatus();
            step.then(new JobEffect.AnswerCancel(status == null ? JobStatus.CREATED : status));
            return;
        }
        end(JobStatus.CANCELED, "canceled by a user", step);
        step.then(new JobEffect.AnswerCancel(JobStatus.CANCELED));
    }

    private void end(JobStatus status, String reason, JobStep step) {
        persist(new JobEvent.JobEnded(status, reason), step);
        phase = Phase.ENDED;
        if (topology != null) {
            topology.subtasks()
                    .forEach(
                            subtask -> step.then(new JobEffect.Send(new SubtaskCommand.Stop(subtask, record.epoch()))));
        }
        for (JobTimer timer : JobTimer.values()) {
            step.then(new JobEffect.CancelTimer(timer));
        }
        publish(step);
    }

    /** Whether the subtask's user code is declared to block. */
    public boolean isBlocking(SubtaskId subtask) {
        return topology != null && topology.blockingVertices().contains(subtask.vertexId());
    }

    /** The epoch in which the subtask's present entity was placed; 0 for its first. */
    public long placedEpoch(SubtaskId subtask) {
        return record.placedEpochs().getOrDefault(subtask.toString(), 0L);
    }

    /** What the job has done so far. */
    public JobProgress progress() {
        return statistics.progress(status(), record, progress.counters());
    }

    private JobStatus status() {
        return switch (phase) {
            case IDLE, DEFINING -> JobStatus.CREATED;
            case RESTORING, DEPLOYING -> JobStatus.DEPLOYING;
            case RUNNING -> JobStatus.RUNNING;
            case DRAINING, COMMITTING -> JobStatus.DRAINING;
            case RESTARTING -> JobStatus.RESTARTING;
            case ENDED -> record.endStatus() == null ? JobStatus.CREATED : record.endStatus();
        };
    }

    private void publish(JobStep step) {
        step.then(new JobEffect.Publish(progress()));
    }

    private void persist(JobEvent event, JobStep step) {
        step.persist(event);
        record = record.apply(event);
    }

    private JobSpec spec() {
        return Objects.requireNonNull(record.spec(), "no job was submitted");
    }

    private JobTopology topology() {
        return Objects.requireNonNull(topology, "the job is not defined");
    }

    private CheckpointCoordination coordination() {
        return Objects.requireNonNull(checkpoints, "no epoch was claimed");
    }
}
