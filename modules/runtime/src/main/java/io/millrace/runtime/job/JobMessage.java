// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.util.Map;

/** What a coordinator hears. */
public sealed interface JobMessage {
    /** A user wants the job to run; answered by {@link JobEffect.AnswerSubmit}. */
    record Submit(JobSpec spec) implements JobMessage {}

    /** A user wants the job to end without a checkpoint; answered by {@link JobEffect.AnswerCancel}. */
    record Cancel() implements JobMessage {}

    /** The coordinator has replayed its journal. */
    record Recovered() implements JobMessage {}

    /** The definition of {@code spec} that {@link JobEffect.Define} asked for. */
    record Defined(JobSpec spec, JobTopology topology, Map<String, String> onceValues) implements JobMessage {}

    record DefinitionFailed(JobSpec spec, String reason) implements JobMessage {}

    /** The manifest that {@link JobEffect.ReadManifest} asked for. */
    record ManifestRead(long epoch, JobManifest manifest) implements JobMessage {}

    /**
     * It cannot be read.
     *
     * @param damaged true when the file is damaged or gone; false when the storage did not answer
     */
    record ManifestUnreadable(long epoch, long checkpointId, boolean damaged, String reason) implements JobMessage {}

    /** The manifest that {@link JobEffect.WriteManifest} asked for is durable. */
    record ManifestWritten(long epoch, long checkpointId, StoredFile manifest) implements JobMessage {}

    record ManifestNotWritten(long epoch, long checkpointId, String reason) implements JobMessage {}

    record FromSubtask(SubtaskEvent event) implements JobMessage {}

    record TimerFired(JobTimer timer) implements JobMessage {}
}
