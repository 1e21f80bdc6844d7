// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.manifest.JobManifest;
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
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of one job: a message in, a {@link JobStep} out. Pure: the caller journals the step's events, then
 * carries out its effects, and brings no further message in between. When journalling fails the machine must be thrown
 * away, and a new one made from what the journal really holds.
 *
 * <p>Its life is that of {@link JobPhase}.
 *
 * <p>Invariants, each checked by the simulation: nothing of an epoch is done before its claim is journalled; a
 * checkpoint is complete, and its output committed, only once the journal says so; messages of other epochs have no
 * effect. Confined to one actor.
 */
public final class JobMachine {
    private final JobSettings settings;
    private final RestartStrategy restartStrategy;
    private JobRecord record;
    private JobPhase phase;
    private @Nullable JobTopology topology;
    private @Nullable JobSpec submitted;
    private @Nullable JobManifest latestManifest;
    private @Nullable JobCheckpoints checkpoints;
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
        this.phase = record.endStatus() == null ? JobPhase.IDLE : JobPhase.ENDED;
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
            define(record.endStatus() == null ? record.spec() : null, step);
        } else if (message instanceof JobMessage.Defined defined) {
            onDefined(defined, step, nowMs);
        } else if (message instanceof JobMessage.DefinitionFailed failed) {
            onDefinitionFailed(failed, step);
        } else {
            onManifest(message, step, nowMs);
        }
        return step;
    }

    // --- submission and definition

    private void onSubmit(JobSpec spec, JobStep step) {
        if (submitted != null) {
            step.then(new JobEffect.AnswerSubmit(
                    "The job '" + spec.jobName() + "' is being submitted by somebody else right now.", false));
            return;
        }
        Optional<String> rejection = SubmissionRules.reject(record, spec);
        if (rejection.isPresent()) {
            step.then(new JobEffect.AnswerSubmit(rejection.get(), false));
        } else if (record.spec() == null || phase == JobPhase.ENDED) {
            long startTimeMs =
                    record.spec() == null ? spec.startTimeMs() : record.spec().startTimeMs();
            submitted = spec.startedAt(startTimeMs);
            define(submitted, step);
        } else {
            step.then(new JobEffect.AnswerSubmit("", true));
        }
    }

    private void define(@Nullable JobSpec spec, JobStep step) {
        if (spec != null) {
            phase = JobPhase.DEFINING;
            step.then(new JobEffect.Define(spec, record.onceValues(), record.epoch() == 0));
        }
    }

    /** Another job's definition may still come: that of a submission that was canceled. */
    private boolean isBeingDefined(JobSpec spec) {
        return phase == JobPhase.DEFINING && spec.equals(submitted != null ? submitted : record.spec());
    }

    private void onDefined(JobMessage.Defined defined, JobStep step, long nowMs) {
        if (!isBeingDefined(defined.spec())) {
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

    private void onDefinitionFailed(JobMessage.DefinitionFailed failed, JobStep step) {
        if (!isBeingDefined(failed.spec())) {
            return;
        }
        if (submitted != null) {
            submitted = null;
            phase = record.spec() == null ? JobPhase.IDLE : JobPhase.ENDED;
            step.then(new JobEffect.AnswerSubmit(failed.reason(), false));
        } else {
            end(JobStatus.FAILED, failed.reason(), step);
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
        checkpoints =
                new JobCheckpoints(settings.checkpoints(), topology(), record, nextCheckpointId, statistics, nowMs);
        step.then(new JobEffect.SetTimer(JobTimer.DEPLOYMENT, settings.deploymentTimeoutMs()));
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT));
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT_TIMEOUT));
        CompletedCheckpoint latest = record.latestCheckpoint();
        if (latest == null) {
            deploy(null, step);
        } else if (latestManifest != null && latestManifest.checkpointId() == latest.id()) {
            deploy(latestManifest, step);
        } else {
            phase = JobPhase.RESTORING;
            step.then(new JobEffect.ReadManifest(epoch, latest));
        }
        publish(step);
    }

    private void deploy(@Nullable JobManifest manifest, JobStep step) {
        latestManifest = manifest;
        phase = JobPhase.DEPLOYING;
        try {
            deployments(manifest).forEach(deploy -> step.then(new JobEffect.Send(deploy)));
        } catch (RestoreRefusedException e) {
            end(JobStatus.FAILED, String.valueOf(e.getMessage()), step);
            return;
        }
        step.then(new JobEffect.SetTimer(JobTimer.RESEND, settings.resendMs()));
    }

    private List<SubtaskCommand.Deploy> deployments(@Nullable JobManifest manifest) {
        return Deployments.of(record, topology(), manifest, settings.exactlyOnce());
    }

    private void failure(String reason, JobStep step, long nowMs) {
        statistics.failed(reason);
        OptionalLong delay = restartStrategy.onFailure(nowMs);
        if (delay.isEmpty()) {
            String told = reason.endsWith(".") ? reason : reason + ".";
            end(JobStatus.FAILED, told + " There is no further restart: " + restartStrategy.exhausted() + ".", step);
            return;
        }
        phase = JobPhase.RESTARTING;
        statistics.restarting();
        checkpoints().withdraw(reason, nowMs);
        nextCheckpointId = checkpoints().nextId();
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
        if (phase == JobPhase.ENDED && (event instanceof SubtaskEvent.Report || event instanceof SubtaskEvent.Failed)) {
            // It has not heard of the end, which may have been journalled by a coordinator that then failed.
            sendToAll(List.of(event.subtask()), subtask -> new SubtaskCommand.Stop(subtask, record.epoch()), step);
            return;
        }
        if (event.epoch() != record.epoch() || !progress.isExpected(event.subtask()) || phase.isAtRest()) {
            return;
        }
        if (event instanceof SubtaskEvent.Report report) {
            progress.report(report);
        } else if (event instanceof SubtaskEvent.SourceWatermark watermark) {
            progress.align(watermark).forEach(answer -> step.then(new JobEffect.Send(answer)));
        } else if (event instanceof SubtaskEvent.Acknowledged acknowledged) {
            checkpoints().acknowledge(acknowledged, step, wallMs);
        } else if (event instanceof SubtaskEvent.Committed committed) {
            onCommitted(committed, step);
        } else if (event instanceof SubtaskEvent.Ready ready) {
            onReady(ready, step);
        } else if (event instanceof SubtaskEvent.InputEnded ended) {
            onInputEnded(ended, step, nowMs);
        } else if (event instanceof SubtaskEvent.Declined declined) {
            failIfAny(checkpoints().decline(declined, step, nowMs), step, nowMs);
        } else if (event instanceof SubtaskEvent.Failed failed) {
            onFailed(failed, step, nowMs);
        }
    }

    private void onReady(SubtaskEvent.Ready ready, JobStep step) {
        statistics.seen(ready.incarnation());
        if (phase != JobPhase.DEPLOYING || !progress.ready(ready.subtask())) {
            return;
        }
        phase = JobPhase.RUNNING;
        step.then(new JobEffect.CancelTimer(JobTimer.DEPLOYMENT));
        connectAll(step);
        checkpoints().start(step);
        publish(step);
    }

    private void connectAll(JobStep step) {
        sendToAll(topology().subtasks(), subtask -> new SubtaskCommand.Connect(subtask, record.epoch()), step);
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
        if (progress.ended(ended.subtask()) && phase == JobPhase.RUNNING) {
            phase = JobPhase.DRAINING;
            checkpoints().drain(step, nowMs);
            publish(step);
        }
    }

    // --- checkpoints

    private void onManifest(JobMessage message, JobStep step, long nowMs) {
        if (message instanceof JobMessage.ManifestWritten written) {
            if (written.epoch() == record.epoch() && !phase.isAtRest()) {
                checkpoints().written(written, nowMs).ifPresent(completion -> complete(completion, step, nowMs));
            }
        } else if (message instanceof JobMessage.ManifestNotWritten failed) {
            if (failed.epoch() == record.epoch() && !phase.isAtRest()) {
                failIfAny(checkpoints().notWritten(failed, step, nowMs), step, nowMs);
            }
        } else if (phase != JobPhase.RESTORING) {
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

    private void complete(JobCheckpoints.Completion completion, JobStep step, long nowMs) {
        CompletedCheckpoint checkpoint = completion.checkpoint();
        persist(new JobEvent.CheckpointCompleted(checkpoint, completion.subsumed()), step);
        latestManifest = completion.manifest();
        restartStrategy.checkpointCompleted();
        commitAll(checkpoint.id(), topology().subtasks(), step);
        step.then(new JobEffect.CancelTimer(JobTimer.CHECKPOINT_TIMEOUT));
        step.then(new JobEffect.Sweep(spec().jobId(), record.epoch(), OptionalLong.empty(), record.checkpoints()));
        if (checkpoint.kind() == CheckpointKind.FINAL) {
            phase = JobPhase.COMMITTING;
            step.then(new JobEffect.SetTimer(JobTimer.RESEND, settings.resendMs()));
        } else if (phase == JobPhase.DRAINING) {
            checkpoints().begin(step, nowMs);
        } else {
            checkpoints().scheduleNext(step, nowMs);
        }
    }

    private void failIfAny(Optional<String> reason, JobStep step, long nowMs) {
        reason.ifPresent(words -> failure(words, step, nowMs));
    }

    private void commitAll(long checkpointId, List<SubtaskId> subtasks, JobStep step) {
        sendToAll(
                subtasks,
                subtask -> new SubtaskCommand.CheckpointCompleted(subtask, record.epoch(), checkpointId),
                step);
    }

    private static void sendToAll(List<SubtaskId> subtasks, Function<SubtaskId, SubtaskCommand> command, JobStep step) {
        subtasks.forEach(subtask -> step.then(new JobEffect.Send(command.apply(subtask))));
    }

    private void onCommitted(SubtaskEvent.Committed committed, JobStep step) {
        boolean last = phase == JobPhase.COMMITTING
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
                if (phase == JobPhase.DRAINING || phase == JobPhase.RUNNING) {
                    checkpoints().begin(step, nowMs);
                }
            }
            case CHECKPOINT_TIMEOUT -> {
                if (!phase.isAtRest()) {
                    failIfAny(checkpoints().timeout(step, nowMs), step, nowMs);
                }
            }
            case RESEND -> resend(step);
            case DEPLOYMENT -> onDeploymentTimeout(step, nowMs);
            case RESTART -> {
                if (phase == JobPhase.RESTARTING) {
                    claimEpoch(statistics.lastFailure(), record.onceValues(), step, nowMs);
                }
            }
        }
    }

    private void resend(JobStep step) {
        if (phase == JobPhase.DEPLOYING) {
            List<SubtaskId> missing = progress.notReady();
            deployments(latestManifest).stream()
                    .filter(deploy -> missing.contains(deploy.subtask()))
                    .forEach(deploy -> step.then(new JobEffect.Send(deploy)));
        } else if (phase == JobPhase.RUNNING
                && progress.counters().size() < topology().subtasks().size()) {
            connectAll(step);
        } else if (phase == JobPhase.COMMITTING) {
            commitAll(record.lastCheckpointId(), progress.notCommitted(), step);
        } else {
            return;
        }
        step.then(new JobEffect.SetTimer(JobTimer.RESEND, settings.resendMs()));
    }

    private void onDeploymentTimeout(JobStep step, long nowMs) {
        if (phase != JobPhase.DEPLOYING && phase != JobPhase.RESTORING) {
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
        boolean withdrawn = submitted != null;
        if (withdrawn) {
            submitted = null;
            step.then(new JobEffect.AnswerSubmit("The job was canceled while it was submitted.", false));
        }
        if (record.spec() == null) {
            phase = JobPhase.IDLE;
            step.then(new JobEffect.AnswerCancel(withdrawn ? JobStatus.CANCELED : JobStatus.CREATED));
            return;
        }
        if (phase == JobPhase.ENDED && record.endStatus() != null) {
            step.then(new JobEffect.AnswerCancel(record.endStatus()));
            return;
        }
        end(JobStatus.CANCELED, "canceled by a user", step);
        step.then(new JobEffect.AnswerCancel(JobStatus.CANCELED));
    }

    private void end(JobStatus status, String reason, JobStep step) {
        persist(new JobEvent.JobEnded(status, reason), step);
        phase = JobPhase.ENDED;
        if (topology != null) {
            sendToAll(topology.subtasks(), subtask -> new SubtaskCommand.Stop(subtask, record.epoch()), step);
        }
        for (JobTimer timer : JobTimer.values()) {
            step.then(new JobEffect.CancelTimer(timer));
        }
        publish(step);
    }

    /** The job as it was defined, or null before that; commands to subtasks come after it. */
    public @Nullable JobTopology defined() {
        return topology;
    }

    /** True while there is no job to run and none is being submitted. */
    public boolean isIdle() {
        return phase == JobPhase.IDLE || phase == JobPhase.ENDED;
    }

    /** What the job has done so far. */
    public JobProgress progress() {
        return statistics.progress(
                record.endStatus() == null ? phase.status() : record.endStatus(), record, progress.counters());
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

    private JobCheckpoints checkpoints() {
        return Objects.requireNonNull(checkpoints, "no epoch was claimed");
    }
}
