// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.JobSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionRulesTest {
    private static final JobSpec SPEC = new JobSpec("count", "a.Count", List.of("--in", "x"), 2, 16, "", 5);
    private static final JobRecord RUNNING = JobRecord.EMPTY.apply(new JobEvent.JobSubmitted(SPEC));

    @Test
    void aNewJobIsAccepted() {
        assertThat(SubmissionRules.reject(JobRecord.EMPTY, SPEC)).isEmpty();
    }

    @Test
    void theSameJobGoesOn() {
        assertThat(SubmissionRules.reject(RUNNING, SPEC.startedAt(9))).isEmpty();
    }

    @Test
    void aJobThatDiffersIsRejectedNamingEachDifference() {
        JobSpec other = new JobSpec("count", "a.Other", List.of(), 3, 32, "", 5);
        assertThat(SubmissionRules.reject(RUNNING, other).orElseThrow())
                .contains("class a.Count then, a.Other now")
                .contains("parallelism 2 then, 3 now")
                .contains("max parallelism 16 then, 32 now")
                .contains("arguments [--in, x] then, [] now");
    }

    @Test
    void aFinishedJobDoesNotRunAgain() {
        JobRecord finished = RUNNING.apply(new JobEvent.JobEnded(JobStatus.FINISHED, ""));
        assertThat(SubmissionRules.reject(finished, SPEC).orElseThrow()).contains("has finished already");
    }

    @Test
    void aFailedJobMayBeStartedAgainWithOtherArguments() {
        JobRecord failed = RUNNING.apply(new JobEvent.JobEnded(JobStatus.FAILED, "why"));
        JobSpec other = new JobSpec("count", "a.Count", List.of("--in", "y"), 2, 16, "", 5);
        assertThat(SubmissionRules.reject(failed, other)).isEmpty();
    }
}
