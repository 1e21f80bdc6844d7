// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Says why a job was restarted, once for each failure that is new: a job that recovers hides nothing, and one that fails
 * for the same reason again and again does not fill the screen. The failure that ends a job is its report's business.
 *
 * <p>Confined to the thread that watches the job.
 */
final class FailureNotes {
    private final StatusLine status;
    private @Nullable String told;

    FailureNotes(StatusLine status) {
        this.status = status;
    }

    /** Takes a report of the job, the last one included. */
    void tell(JobProgress progress) {
        String failure = progress.failure();
        if (failure == null || failure.equals(told) || progress.status() == JobStatus.FAILED) {
            return;
        }
        told = failure;
        status.say("Restart " + ProgressText.grouped(progress.restarts()) + ": " + failure.strip());
    }
}
