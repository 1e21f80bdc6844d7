// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last checkpoints that have ended, in bounded number. */
final class CheckpointHistory {
    private final int limit;
    private final Deque<CheckpointStats> newestFirst = new ArrayDeque<>();

    CheckpointHistory(int limit) {
        this.limit = limit;
    }

    void add(CheckpointStats ended) {
        if (newestFirst.size() == limit) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(ended);
    }

    /** Marks checkpoints as subsumed; those that are too old to be here are passed over. */
    void subsume(List<CompletedCheckpoint> subsumed) {
        List<Long> ids = subsumed.stream().map(CompletedCheckpoint::id).toList();
        List<CheckpointStats> updated = new ArrayList<>();
        for (CheckpointStats stats : newestFirst) {
            updated.add(ids.contains(stats.id()) ? stats.in(CheckpointState.SUBSUMED) : stats);
        }
        newestFirst.clear();
        newestFirst.addAll(updated);
    }

    List<CheckpointStats> newestFirst() {
        return List.copyOf(newestFirst);
    }
}
