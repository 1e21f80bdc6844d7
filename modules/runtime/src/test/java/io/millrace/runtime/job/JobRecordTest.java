// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRecordTest {
    private static final JobSpec SPEC = new JobSpec("count", "a.Count", List.of(), 1, 16, "", 5);

    private static JobEvent completed(long id, Long... subsumed) {
        return new JobEvent.CheckpointCompleted(
                new CompletedCheckpoint(id, 1, CheckpointKind.CHECKPOINT, new StoredFile("m" + id, 1, 1)),
                List.of(subsumed));
    }

    private static JobRecord after(JobEvent... events) {
        JobRecord record = JobRecord.EMPTY;
        for (JobEvent event : events) {
            record = record.apply(event);
        }
        return record;
    }

    @Test
    void keepsTheNewestCheckpointsAndForgetsSubsumedOnes() {
        JobRecord record = after(new JobEvent.JobSubmitted(SPEC), completed(1), completed(2), completed(4, 1L));
        assertThat(record.checkpoints()).extracting(CompletedCheckpoint::id).containsExactly(2L, 4L);
        assertThat(record.latestCheckpoint()).isNotNull();
        assertThat(record.latestCheckpoint().id()).isEqualTo(4);
        assertThat(record.lastCheckpointId()).isEqualTo(4);
    }

    @Test
    void goesBackBehindAnUnusableCheckpointButNeverGivesItsIdAgain() {
        JobRecord record = after(completed(1), completed(2), new JobEvent.CheckpointUnusable(2, "damaged"));
        assertThat(record.latestCheckpoint().id()).isEqualTo(1);
        assertThat(record.lastCheckpointId()).isEqualTo(2);
        assertThat(record.hasLostAllCheckpoints()).isFalse();
        assertThat(record.apply(new JobEvent.CheckpointUnusable(1, "damaged")).hasLostAllCheckpoints())
                .isTrue();
    }

    @Test
    void aFreshJobHasLostNothing() {
        assertThat(JobRecord.EMPTY.hasLostAllCheckpoints()).isFalse();
        assertThat(JobRecord.EMPTY.latestCheckpoint()).isNull();
    }

    @Test
    void submittingAgainTakesBackTheEnd() {
        JobRecord failed = after(
                new JobEvent.JobSubmitted(SPEC),
                new JobEvent.EpochClaimed(1, Map.of("seed", "7"), Map.of(), "started"),
                new JobEvent.JobEnded(JobStatus.FAILED, "why"));
        assertThat(failed.endStatus()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.endReason()).isEqualTo("why");
        JobRecord again = failed.apply(new JobEvent.JobSubmitted(SPEC));
        assertThat(again.endStatus()).isNull();
        assertThat(again.epoch()).isEqualTo(1);
        assertThat(again.onceValues()).containsEntry("seed", "7");
    }
}
