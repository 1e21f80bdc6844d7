// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.StoredFile;

/** From a subtask to the coordinator. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = SubtaskEvent.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = SubtaskEvent.Acknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = SubtaskEvent.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = SubtaskEvent.Committed.class, name = "committed"),
    @JsonSubTypes.Type(value = SubtaskEvent.InputEnded.class, name = "input-ended"),
    @JsonSubTypes.Type(value = SubtaskEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = SubtaskEvent.SourceWatermark.class, name = "source-watermark"),
    @JsonSubTypes.Type(value = SubtaskEvent.Report.class, name = "report")
})
public sealed interface SubtaskEvent extends ControlMessage {
    SubtaskId subtask();

    long epoch();

    /**
     * The subtask is in the epoch, restored, and waits for {@link SubtaskCommand.Connect}.
     *
     * @param incarnation tells actors apart: the same for one actor in all its epochs
     */
    record Ready(SubtaskId subtask, long epoch, long incarnation) implements SubtaskEvent {}

    /** The subtask's part of the checkpoint is durable. */
    record Acknowledged(SubtaskId subtask, long epoch, long checkpointId, StoredFile manifest)
            implements SubtaskEvent {}

    /** The subtask cannot take the checkpoint; it goes on. */
    record Declined(SubtaskId subtask, long epoch, long checkpointId, String reason) implements SubtaskEvent {}

    /** Everything that the checkpoint covers is committed. */
    record Committed(SubtaskId subtask, long epoch, long checkpointId) implements SubtaskEvent {}

    /** The subtask has handled all its input. It stays, forwards barriers and waits for the final checkpoint. */
    record InputEnded(SubtaskId subtask, long epoch) implements SubtaskEvent {}

    /**
     * The subtask cannot go on in this epoch.
     *
     * @param kind what the coordinator can do about it
     * @param reason in words: operator, cause, record
     */
    record Failed(SubtaskId subtask, long epoch, FailureKind kind, String reason) implements SubtaskEvent {}

    /**
     * Where a source is that is aligned with others; repeated at an interval for as long as the epoch lasts. The answer is
     * {@link SubtaskCommand.AlignWatermark}.
     *
     * @param group of sources that wait for each other
     * @param watermark the lowest of the subtask's splits that others have to wait for, or {@link Long#MAX_VALUE} where
     *     there is none: all are idle, or read to their end
     */
    record SourceWatermark(SubtaskId subtask, long epoch, String group, long watermark) implements SubtaskEvent {}

    /** What a failure means for the job. */
    enum FailureKind {
        /** Going back to the last checkpoint may help. */
        RECOVERABLE,
        /** The checkpoint that was to be restored is damaged: go back to the one before it. */
        CORRUPT_SNAPSHOT,
        /** It will never work: another definition, another plan. */
        FATAL
    }

    /**
     * Twice a second while the subtask runs, and when its input ends.
     *
     * @param running false while it still waits for {@link SubtaskCommand.Connect}
     * @param counters what it has counted in this epoch
     */
    record Report(SubtaskId subtask, long epoch, boolean running, SubtaskCounters counters) implements SubtaskEvent {}
}
