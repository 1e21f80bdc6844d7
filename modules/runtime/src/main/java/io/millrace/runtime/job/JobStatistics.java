// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.SubtaskCounters;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What a coordinator has counted since it began. Confined to it. */
final class JobStatistics {
    private final Set<Long> incarnations = new HashSet<>();
    private ProgressTotals earlierEpochs = ProgressTotals.NONE;
    private int completedCheckpoints;
    private int failedCheckpoints;
    private int restarts;
    private String lastFailure = "";

    void seen(long incarnation) {
        incarnations.add(incarnation);
    }

    void endEpoch(Collection<SubtaskCounters> counters) {
        earlierEpochs = earlierEpochs.plus(counters);
    }

    void checkpointCompleted() {
        completedCheckpoints++;
    }

    void checkpointFailed() {
        failedCheckpoints++;
    }

    void failed(String reason) {
        lastFailure = reason;
    }

    void restarting() {
        restarts++;
    }

    String lastFailure() {
        return lastFailure;
    }

    JobProgress progress(JobStatus status, JobRecord record, Collection<SubtaskCounters> current) {
        ProgressTotals totals = earlierEpochs.plus(current);
        String failure = status == JobStatus.FAILED ? record.endReason() : lastFailure;
        return new JobProgress(
                status,
                record.epoch(),
                totals.recordsRead(),
                totals.recordsWritten(),
                totals.lateRecords(),
                totals.watermark(),
                record.lastCheckpointId(),
                completedCheckpoints,
                failedCheckpoints,
                restarts,
                incarnations.size(),
                totals.maxMailboxDepth(),
                totals.mailboxBound(),
                failure.isEmpty() ? null : failure);
    }
}
