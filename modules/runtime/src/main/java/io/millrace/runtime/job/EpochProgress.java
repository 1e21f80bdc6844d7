// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskCounters;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which subtasks have done what in the current epoch. Confined to the coordinator. */
final class EpochProgress {
    private final List<SubtaskId> subtasks;
    private final Set<SubtaskId> ready = new HashSet<>();
    private final Set<SubtaskId> ended = new HashSet<>();
    private final Set<SubtaskId> committed = new HashSet<>();
    private final Map<SubtaskId, SubtaskCounters> counters = new HashMap<>();
    private final WatermarkAlignments alignments = new WatermarkAlignments();

    EpochProgress(Collection<SubtaskId> subtasks) {
        this.subtasks = List.copyOf(subtasks);
    }

    boolean isExpected(SubtaskId subtask) {
        return subtasks.contains(subtask);
    }

    /** True when this one was the last that was missing. */
    boolean ready(SubtaskId subtask) {
        return ready.add(subtask) && ready.size() == subtasks.size();
    }

    boolean ended(SubtaskId subtask) {
        return ended.add(subtask) && ended.size() == subtasks.size();
    }

    boolean allEnded() {
        return ended.size() == subtasks.size();
    }

    boolean committed(SubtaskId subtask) {
        return committed.add(subtask) && committed.size() == subtasks.size();
    }

    void report(SubtaskEvent.Report report) {
        counters.put(report.subtask(), report.counters());
    }

    List<SubtaskCommand.AlignWatermark> align(SubtaskEvent.SourceWatermark report) {
        return alignments.on(report);
    }

    List<SubtaskId> notReady() {
        return subtasks.stream().filter(subtask -> !ready.contains(subtask)).toList();
    }

    List<SubtaskId> notCommitted() {
        return subtasks.stream().filter(subtask -> !committed.contains(subtask)).toList();
    }

    Collection<SubtaskCounters> counters() {
        return counters.values();
    }
}
