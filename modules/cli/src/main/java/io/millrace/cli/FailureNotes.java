// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;

/**
 * Tells of the failures that a job recovers from: without a word a job that restarts for ever looks like one that only
 * takes long. The same failure again is told once more only after others. Confined to the thread that watches the job.
 */
final class FailureNotes {
    private final StatusLine status;
    private String told = "";

    FailureNotes(StatusLine status) {
        this.status = status;
    }

    void tell(JobProgress progress) {
        String failure = progress.failure();
        if (failure == null || progress.status() == JobStatus.FAILED || failure.equals(told)) {
            return;
        }
        told = failure;
        status.say("The job was interrupted by a failure and restarts: " + failure.strip());
    }
}
