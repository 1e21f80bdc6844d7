// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one job: at most one is pending, the completed ones are kept in order.
 *
 * <p>Life of a checkpoint: {@link #begin}; the barriers go out; {@link #acknowledge} for each subtask, until it says
 * that all have; the job manifest is written; the completion is journalled; {@link #completed}. Until then it may be
 * aborted by {@link #decline}, {@link #timeout}, {@link #fail} or {@link #withdraw}, and afterwards by nothing. Between
 * the last acknowledgement and the journal the caller must therefore look at {@link #pending} again in the same turn in
 * which it journals: the checkpoint may have timed out while its manifest was written.
 *
 * <p><b>Invariants.</b> Ids strictly increase, over epochs too, and an aborted checkpoint's id is not given again. A
 * subtask counts once. A checkpoint completes only when all expected subtasks have acknowledged it. Savepoints are kept
 * until {@link #disposed}; of the others the newest {@code retained}.
 *
 * <p><b>Threading.</b> Not thread-safe; confined to the actor that owns it. Times are milliseconds on any one clock of
 * the caller.
 */
public final class CheckpointCoordination {
    /** How many ended checkpoints {@link #history} remembers. */
    public static final int MAX_HISTORY = 100;

    private final CheckpointSettings settings;
    private final CheckpointHistory history = new CheckpointHistory(MAX_HISTORY);

    /** Oldest first. */
    private final List<CompletedCheckpoint> completed;

    private Set<SubtaskId> expected;
    private long epoch;
    private long nextId;
    private long lastTriggerMs;
    private long lastEndMs;
    private int consecutiveFailures;
    private @Nullable CheckpointProgress pending;

    /**
     * Takes up what the journal says.
     *
     * @param settings how to checkpoint
     * @param epoch the job's epoch
     * @param expected the subtasks of this epoch; at least one
     * @param nextId the first id to give; above every id that was ever given
     * @param completed the retained checkpoints, oldest first
     * @param nowMs counts as the last trigger and the last end
     */
    public CheckpointCoordination(
            CheckpointSettings settings,
            long epoch,
            Set<SubtaskId> expected,
            long nextId,
            List<CompletedCheckpoint> completed,
            long nowMs) {
        this.settings = settings;
        this.completed = new ArrayList<>(completed);
        this.epoch = epoch;
        this.expected = requireSubtasks(expected);
        this.nextId = requireAfter(completed, nextId);
        this.lastTriggerMs = nowMs;
        this.lastEndMs = nowMs;
    }

    private static Set<SubtaskId> requireSubtasks(Set<SubtaskId> expected) {
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one subtask to checkpoint, found none");
        }
        return Set.copyOf(expected);
    }

    private static long requireAfter(List<CompletedCheckpoint> completed, long nextId) {
        long last = -1;
        for (CompletedCheckpoint checkpoint : completed) {
            if (checkpoint.id() <= last) {
                throw new IllegalArgumentException(
                        "Completed checkpoints must come oldest first: " + checkpoint.id() + " follows " + last);
            }
            last = checkpoint.id();
        }
        if (nextId <= last || nextId < 0) {
            throw new IllegalArgumentException(
                    "The next checkpoint id must be above the last completed one: expected at least " + (last + 1)
                            + ", found " + nextId);
        }
        return nextId;
    }

    /** When the next periodic checkpoint may begin; empty while one is pending, or when there are none. */
    public OptionalLong nextTriggerMs() {
        if (pending != null || settings.intervalMs() == CheckpointSettings.NOT_PERIODIC) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(lastTriggerMs + settings.intervalMs(), lastEndMs + settings.minPauseMs()));
    }

    /**
     * Begins a checkpoint. When a periodic one is due is the caller's question to {@link #nextTriggerMs}; one on demand
     * may begin at any time.
     *
     * @throws IllegalStateException when one is pending: wait for its end, or {@link #withdraw} it
     */
    public PendingCheckpoint begin(CheckpointKind kind, long nowMs) {
        if (pending != null) {
            throw new IllegalStateException("Checkpoint " + pending.checkpoint().id() + " is pending; a " + kind
                    + " can begin only after its end");
        }
        PendingCheckpoint checkpoint =
                new PendingCheckpoint(nextId, epoch, kind, nowMs, nowMs + settings.timeoutMs(), expected);
        nextId++;
        lastTriggerMs = nowMs;
        pending = new CheckpointProgress(checkpoint);
        return checkpoint;
    }

    /**
     * Counts a subtask's acknowledgement.
     *
     * @param checkpointId the checkpoint it is for
     * @param subtask who acknowledges
     * @param manifest the subtask's manifest, durable by now
     * @param bytes how much was written for it, manifest included
     */
    public AckResult acknowledge(long checkpointId, SubtaskId subtask, StoredFile manifest, long bytes) {
        CheckpointProgress progress = progressOf(checkpointId);
        return progress == null
                ? new AckResult.Ignored("checkpoint " + checkpointId + " is not pending")
                : progress.acknowledge(subtask, manifest, bytes);
    }

    /**
     * A subtask cannot take part. Ignored when it is stale, comes from a stranger, or from a subtask that has
     * acknowledged already.
     *
     * @return the checkpoint that is aborted by it, if any: its subtasks should hear of it
     */
    public Optional<PendingCheckpoint> decline(long checkpointId, SubtaskId subtask, String reason, long nowMs) {
        CheckpointProgress progress = progressOf(checkpointId);
        if (progress == null
                || !progress.checkpoint().expected().contains(subtask)
                || progress.hasAcknowledged(subtask)) {
            return Optional.empty();
        }
        return fail(checkpointId, "declined by subtask " + subtask + ": " + reason, nowMs);
    }

    /**
     * Aborts the pending checkpoint when its time is over. The reason names subtasks that are missing.
     *
     * @return the checkpoint that is aborted by it, if any
     */
    public Optional<PendingCheckpoint> timeout(long nowMs) {
        CheckpointProgress progress = pending;
        if (progress == null || nowMs < progress.checkpoint().deadlineMs()) {
            return Optional.empty();
        }
        return fail(
                progress.checkpoint().id(),
                "timed out after " + settings.timeoutMs() + " ms, " + progress.describeMissing(),
                nowMs);
    }

    /**
     * Aborts the pending checkpoint because something went wrong with it, and counts that as a failure; for example its
     * manifest could not be written. Ignored when it is not pending.
     *
     * @return the checkpoint that is aborted by it, if any
     */
    public Optional<PendingCheckpoint> fail(long checkpointId, String reason, long nowMs) {
        Optional<PendingCheckpoint> aborted = withdraw(checkpointId, reason, nowMs);
        // A savepoint that fails is its user's matter: he is told, the job goes on.
        if (aborted.isPresent() && aborted.get().kind() != CheckpointKind.SAVEPOINT) {
            consecutiveFailures++;
        }
        return aborted;
    }

    /**
     * Aborts the pending checkpoint without blame, for example because the job rolls back. Ignored when it is not
     * pending.
     *
     * @return the checkpoint that is aborted by it, if any
     */
    public Optional<PendingCheckpoint> withdraw(long checkpointId, String reason, long nowMs) {
        CheckpointProgress progress = progressOf(checkpointId);
        if (progress == null) {
            return Optional.empty();
        }
        end(progress.endedStats(CheckpointState.ABORTED, nowMs, reason), nowMs);
        return Optional.of(progress.checkpoint());
    }

    /**
     * The journal has the pending checkpoint's completion.
     *
     * @return the checkpoints that are subsumed by it, oldest first: their files may go once the journal says so
     * @throws IllegalStateException when it is not pending in this epoch or not acknowledged by all
     */
    public List<CompletedCheckpoint> completed(CompletedCheckpoint checkpoint, long nowMs) {
        CheckpointProgress progress = progressOf(checkpoint.id());
        if (progress == null || checkpoint.epoch() != epoch || !progress.isAcknowledgedByAll()) {
            throw new IllegalStateException("Checkpoint " + checkpoint.id() + " of epoch " + checkpoint.epoch()
                    + " cannot complete: expected one that is pending in epoch " + epoch
                    + " and acknowledged by all subtasks");
        }
        if (checkpoint.kind() != progress.checkpoint().kind()) {
            throw new IllegalStateException("Checkpoint " + checkpoint.id() + " was triggered as "
                    + progress.checkpoint().kind() + ", but is to complete as " + checkpoint.kind());
        }
        end(progress.endedStats(CheckpointState.COMPLETED, nowMs, null), nowMs);
        consecutiveFailures = 0;
        completed.add(checkpoint);
        List<CompletedCheckpoint> subsumed = subsumed();
        completed.removeAll(subsumed);
        history.subsume(subsumed);
        return subsumed;
    }

    private List<CompletedCheckpoint> subsumed() {
        List<CompletedCheckpoint> own = completed.stream()
                .filter(checkpoint -> checkpoint.kind() != CheckpointKind.SAVEPOINT)
                .toList();
        return own.subList(0, Math.max(0, own.size() - settings.retained()));
    }

    /** A user has deleted a savepoint; without effect when it is not known. */
    public void disposed(long savepointId) {
        completed.removeIf(
                checkpoint -> checkpoint.id() == savepointId && checkpoint.kind() == CheckpointKind.SAVEPOINT);
    }

    /**
     * The job rolls back or is deployed anew: what is pending is withdrawn, ids go on, failures are forgotten.
     *
     * @param newEpoch above the present one
     * @param newExpected the subtasks of that epoch
     * @return the checkpoint that is aborted by it, if any
     */
    public Optional<PendingCheckpoint> startEpoch(long newEpoch, Set<SubtaskId> newExpected, long nowMs) {
        if (newEpoch <= epoch) {
            throw new IllegalArgumentException(
                    "A new epoch must be above the present one: expected more than " + epoch + ", found " + newEpoch);
        }
        Set<SubtaskId> subtasks = requireSubtasks(newExpected);
        CheckpointProgress progress = pending;
        Optional<PendingCheckpoint> aborted = progress == null
                ? Optional.empty()
                : withdraw(progress.checkpoint().id(), "epoch " + epoch + " has ended", nowMs);
        epoch = newEpoch;
        expected = subtasks;
        consecutiveFailures = 0;
        lastTriggerMs = nowMs;
        lastEndMs = nowMs;
        return aborted;
    }

    /** Whether more checkpoints in a row have failed than the job may bear. */
    public boolean toleranceExceeded() {
        return consecutiveFailures > settings.tolerableFailures();
    }

    /** The pending checkpoint, if any. */
    public Optional<PendingCheckpoint> pending() {
        return Optional.ofNullable(pending).map(CheckpointProgress::checkpoint);
    }

    /** The retained checkpoints and savepoints, oldest first. */
    public List<CompletedCheckpoint> completed() {
        return List.copyOf(completed);
    }

    /** The checkpoint or savepoint that recovery goes back to, if any. */
    public Optional<CompletedCheckpoint> latestCompleted() {
        return completed.isEmpty() ? Optional.empty() : Optional.of(completed.get(completed.size() - 1));
    }

    /** The id that the next checkpoint will have. */
    public long nextId() {
        return nextId;
    }

    /** The pending checkpoint and the last {@link #MAX_HISTORY} that have ended since construction, newest first. */
    public List<CheckpointStats> history() {
        List<CheckpointStats> all = new ArrayList<>();
        if (pending != null) {
            all.add(pending.pendingStats());
        }
        all.addAll(history.newestFirst());
        return all;
    }

    private @Nullable CheckpointProgress progressOf(long checkpointId) {
        CheckpointProgress progress = pending;
        return progress != null && progress.checkpoint().id() == checkpointId ? progress : null;
    }

    private void end(CheckpointStats ended, long nowMs) {
        history.add(ended);
        lastEndMs = nowMs;
        pending = null;
    }
}
