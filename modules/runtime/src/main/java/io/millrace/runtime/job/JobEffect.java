// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.SubtaskCommand;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a coordinator has done for it. Carried out in order, and only after the step's events are journalled. */
public sealed interface JobEffect {
    /**
     * Run the job's definition; leads to {@link JobMessage.Defined} or {@link JobMessage.DefinitionFailed}.
     *
     * @param first true when the journal knows no epoch of the job: there must be no checkpoints of it then
     */
    record Define(JobSpec spec, Map<String, String> onceValues, boolean first) implements JobEffect {}

    /** Leads to {@link JobMessage.ManifestRead} or {@link JobMessage.ManifestUnreadable}. */
    record ReadManifest(long epoch, CompletedCheckpoint checkpoint) implements JobEffect {}

    /** Leads to {@link JobMessage.ManifestWritten} or {@link JobMessage.ManifestNotWritten}. */
    record WriteManifest(JobManifest manifest) implements JobEffect {}

    /** Tell a subtask. */
    record Send(SubtaskCommand command) implements JobEffect {}

    /** The subtask's actor did not answer: stop it if it ever wakes, and place the subtask anew. */
    record Replace(SubtaskId subtask, long epoch) implements JobEffect {}

    record SetTimer(JobTimer timer, long delayMs) implements JobEffect {}

    record CancelTimer(JobTimer timer) implements JobEffect {}

    /** Delete files that no retained checkpoint needs. */
    record Sweep(String jobId, long epoch, OptionalLong pendingId, List<CompletedCheckpoint> retained)
            implements JobEffect {}

    /** @param rejection why the job cannot run, or empty when it does */
    record AnswerSubmit(String rejection, boolean resumed) implements JobEffect {}

    record AnswerCancel(JobStatus status) implements JobEffect {}

    /** Something changed that watchers want to know. */
    record Publish(JobProgress progress) implements JobEffect {}

    /** For people who read logs. */
    record Log(boolean warning, String message) implements JobEffect {}
}
