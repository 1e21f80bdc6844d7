// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a job may be submitted again, and what people are told when it may not, or when it cannot go on. */
final class SubmissionRules {
    private SubmissionRules() {}

    /** Why the job cannot be submitted, if it cannot. */
    static Optional<String> reject(JobRecord record, JobSpec wanted) {
        JobSpec known = record.spec();
        if (known == null) {
            return Optional.empty();
        }
        if (record.endStatus() == JobStatus.FINISHED) {
            return Optional.of("The job '" + wanted.jobName() + "' has finished already: its output is complete, and"
                    + " nothing was started. To run it again, give it another name or another directory.");
        }
        List<String> differences = new ArrayList<>();
        compare("class", known.jobClass(), wanted.jobClass(), differences);
        compare("parallelism", known.parallelism(), wanted.parallelism(), differences);
        compare("max parallelism", known.maxParallelism(), wanted.maxParallelism(), differences);
        if (record.endStatus() == null) {
            compare("arguments", known.args(), wanted.args(), differences);
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("The job '" + wanted.jobName() + "' is there already and would go on from its last"
                        + " checkpoint, but it was submitted otherwise: " + String.join("; ", differences)
                        + ". Submit it as before, or give the new one another name or another directory.");
    }

    private static void compare(String what, Object known, Object wanted, List<String> differences) {
        if (!known.equals(wanted)) {
            differences.add(what + " " + known + " then, " + wanted + " now");
        }
    }

    static String lostAllCheckpoints(JobRecord record) {
        return "None of the job's checkpoints can be read any more (the last completed one was "
                + record.lastCheckpointId() + "). An empty start would repeat output and lose state, so the job does"
                + " not start. Restore the snapshot directory, or start afresh under another name.";
    }

    static String corruptAndNoFallBack(long checkpointId, String reason) {
        return "Checkpoint " + checkpointId + " cannot be read: " + reason
                + ". millrace.checkpointing.on-corrupt is 'fail', so the job does not go back to the one before it.";
    }

    static String fallBack(long checkpointId, String reason, @Nullable CompletedCheckpoint before) {
        String next = before == null
                ? "There is no checkpoint before it."
                : "The job goes back to checkpoint " + before.id() + "; sinks that cannot withdraw what checkpoint "
                        + checkpointId + " committed will repeat it.";
        return "Checkpoint " + checkpointId + " cannot be read: " + reason + ". " + next;
    }
}
