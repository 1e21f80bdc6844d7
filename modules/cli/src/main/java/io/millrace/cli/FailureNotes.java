// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the failures that a job recovers from: without a word a job that restarts for ever looks like one that only
 * takes long. The same failure again is told once more only after others. Confined to the thread that watches the job.
 */
final class FailureNotes {
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final StatusLine status;
    private final String log;
    private String told = "";
    private @Nullable JobProgress lastReport;
    private long lastReportNs;
    private boolean silenceTold;

    /**
     * @param log where people find more
     */
    FailureNotes(StatusLine status, String log) {
        this.status = status;
        this.log = log;
    }

    /** Tells of a failure that is new, and of a coordinator that has not reported for a while. */
    void tell(JobProgress progress, long nowNs) {
        tellOfSilence(progress, nowNs);
        String failure = progress.failure();
        if (failure == null || progress.status() == JobStatus.FAILED || failure.equals(told)) {
            return;
        }
        told = failure;
        status.say("The job was interrupted by a failure and restarts: " + failure.strip());
    }

    /** Each report is an object of its own, also where nothing has changed. */
    private void tellOfSilence(JobProgress progress, long nowNs) {
        if (progress != lastReport) {
            lastReport = progress;
            lastReportNs = nowNs;
            silenceTold = false;
        } else if (!silenceTold && nowNs - lastReportNs >= SILENCE_NS) {
            silenceTold = true;
            status.say("The job has not been heard of for " + ProgressText.seconds(nowNs - lastReportNs)
                    + ": its coordinator cannot use its journal, as on a full disk, or is overloaded. It tries again; "
                    + log + " says why.");
        }
    }
}
