// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.api.time.Timestamps;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells sources that wait for each other where the last of them is, in one epoch.
 *
 * <p>A source reports, and is answered with the group's lowest watermark: that is all, so a message that is lost is made
 * good by the next report, and there is no timer here. Sources that have not reported yet hold nobody. One without a
 * watermark holds all others, who are told at once when it has one; everybody else learns of progress from the answer to
 * a report of its own. Pure; confined to the coordinator.
 */
final class WatermarkAlignments {
    private final Map<String, Map<SubtaskId, Long>> groups = new HashMap<>();

    /** What is to be sent when a source has reported. */
    List<SubtaskCommand.AlignWatermark> on(SubtaskEvent.SourceWatermark report) {
        Map<SubtaskId, Long> group = groups.computeIfAbsent(report.group(), name -> new LinkedHashMap<>());
        boolean held = !group.isEmpty() && lowestOf(group) == Timestamps.NONE;
        group.put(report.subtask(), report.watermark());
        long lowest = lowestOf(group);
        boolean released = held && lowest > Timestamps.NONE;
        Collection<SubtaskId> told = released ? group.keySet() : List.of(report.subtask());
        return told.stream()
                .map(subtask -> new SubtaskCommand.AlignWatermark(subtask, report.epoch(), lowest))
                .toList();
    }

    private static long lowestOf(Map<SubtaskId, Long> group) {
        return group.values().stream().mapToLong(Long::longValue).min().orElse(Timestamps.END);
    }
}
