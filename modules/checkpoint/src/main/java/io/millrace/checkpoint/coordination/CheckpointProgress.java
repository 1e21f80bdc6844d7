// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.storage.StoredFile;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A pending checkpoint with the acknowledgements that have come. */
final class CheckpointProgress {
    /** How many missing subtasks an error names. */
    private static final int MAX_NAMED = 5;

    private static final Comparator<SubtaskId> ORDER =
            Comparator.comparing(SubtaskId::vertexId).thenComparing(SubtaskId::index);

    private final PendingCheckpoint checkpoint;
    private final Map<SubtaskId, StoredFile> manifests = new TreeMap<>(ORDER);
    private long bytes;

    CheckpointProgress(PendingCheckpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    PendingCheckpoint checkpoint() {
        return checkpoint;
    }

    boolean hasAcknowledged(SubtaskId subtask) {
        return manifests.containsKey(subtask);
    }

    boolean isAcknowledgedByAll() {
        return manifests.size() == checkpoint.expected().size();
    }

    AckResult acknowledge(SubtaskId subtask, StoredFile manifest, long addedBytes) {
        if (!checkpoint.expected().contains(subtask)) {
            return new AckResult.Ignored("subtask " + subtask + " is not part of checkpoint " + checkpoint.id());
        }
        if (hasAcknowledged(subtask)) {
            return new AckResult.Ignored(
                    "subtask " + subtask + " has acknowledged checkpoint " + checkpoint.id() + " before");
        }
        manifests.put(subtask, manifest);
        bytes += addedBytes;
        if (isAcknowledgedByAll()) {
            return new AckResult.AllAcknowledged(
                    checkpoint, Collections.unmodifiableMap(new LinkedHashMap<>(manifests)));
        }
        return new AckResult.Waiting(checkpoint.expected().size() - manifests.size());
    }

    /** For an error: how far it is, with the first few subtasks that keep it waiting. */
    String describeMissing() {
        List<SubtaskId> missing = checkpoint.expected().stream()
                .filter(subtask -> !hasAcknowledged(subtask))
                .sorted(ORDER)
                .toList();
        if (missing.isEmpty()) {
            return "acknowledged by all subtasks but not yet in the journal";
        }
        return "waiting for " + missing.size() + " of "
                + checkpoint.expected().size() + " subtasks, first "
                + missing.subList(0, Math.min(missing.size(), MAX_NAMED));
    }

    CheckpointStats pendingStats() {
        return stats(CheckpointState.PENDING, CheckpointStats.UNKNOWN, null);
    }

    CheckpointStats endedStats(CheckpointState state, long nowMs, @Nullable String failureReason) {
        // A wall clock may have been set back meanwhile.
        return stats(state, Math.max(0, nowMs - checkpoint.triggeredMs()), failureReason);
    }

    private CheckpointStats stats(CheckpointState state, long durationMs, @Nullable String failureReason) {
        return new CheckpointStats(
                checkpoint.id(), checkpoint.kind(), state, checkpoint.triggeredMs(), durationMs, bytes, failureReason);
    }
}
