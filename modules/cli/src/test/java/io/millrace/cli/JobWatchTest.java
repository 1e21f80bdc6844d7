// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private final AtomicLong clockNs = new AtomicLong(TimeUnit.SECONDS.toNanos(5));
    private final StubHandle job = new StubHandle();

    @Test
    void theDisplayIsCalledUntilTheEnd() throws Exception {
        List<Long> shown = new ArrayList<>();
        job.listenerGets(progress(JobStatus.RUNNING, 10, null));
        JobReport report = new JobWatch(clockNs::get, 1).untilEnd(job, (progress, nowNs) -> {
            shown.add(progress.recordsRead());
            clockNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
            if (shown.size() == 3) {
                job.result.complete(progress(JobStatus.FINISHED, 6_000, null));
            }
        });
        assertThat(shown).startsWith(10L, 10L, 10L);
        assertThat(report.exitCode()).isEqualTo(ExitCodes.FINISHED);
        assertThat(report.text())
                .contains("'sums' finished in " + shown.size() + ".0 s", "6,000 records read", "2 checkpoints")
                .doesNotContain("restarts");
    }

    @Test
    void aJobThatWentOnSaysSo() {
        JobReport report = new JobReport(
                "sums", progress(JobStatus.FINISHED, 6_000, null), true, TimeUnit.MILLISECONDS.toNanos(1_500));
        assertThat(report.text()).contains("'sums' finished 1.5 s after it went on: 6,000 records read (4,000/s)");
    }

    @Test
    void aFailureIsOneParagraphAndExitCodeOne() throws Exception {
        job.result.complete(progress(JobStatus.FAILED, 7, "In operator 'parse', file a.csv line 3: no number.\n"));
        JobReport report = new JobWatch(clockNs::get, 1).untilEnd(job, (progress, nowNs) -> {});
        assertThat(report.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(report.text())
                .isEqualTo("The job 'sums' failed: In operator 'parse', file a.csv line 3: no number.");
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.get("status").asText()).isEqualTo("FAILED");
        assertThat(json.get("recordsRead").asLong()).isEqualTo(7);
        assertThat(json.get("failure").asText()).contains("line 3");
    }

    @Test
    void aCoordinatorThatFallsSilentIsLost() {
        assertThatThrownBy(() -> new JobWatch(clockNs::get, 1)
                        .untilEnd(job, (progress, nowNs) -> clockNs.addAndGet(TimeUnit.SECONDS.toNanos(11))))
                .isInstanceOf(JobLostException.class)
                .hasMessageContaining("silent for 33.0 s")
                .hasMessageContaining("is the disk full?")
                .hasMessageContaining("goes on from its last checkpoint");
    }

    @Test
    void aCancelledJobIsNoSuccess() throws Exception {
        job.result.complete(progress(JobStatus.CANCELED, 7, null));
        JobReport report = new JobWatch(clockNs::get, 1).untilEnd(job, (progress, nowNs) -> {});
        assertThat(report.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(report.text()).contains("cancelled");
    }

    @Test
    void aJobThatNoLongerAnswersSaysHowToGoOn() {
        job.result.completeExceptionally(new IllegalStateException("the node is closed"));
        assertThatThrownBy(() -> new JobWatch(clockNs::get, 1).untilEnd(job, (progress, nowNs) -> {}))
                .isInstanceOf(JobLostException.class)
                .hasMessageContaining("the node is closed")
                .hasMessageContaining("--dir");
    }

    static JobProgress progress(JobStatus status, long read, @org.jspecify.annotations.Nullable String failure) {
        return new JobProgress(status, 1, read, read / 2, 0, Long.MIN_VALUE, 2, 2, 0, 0, 3, 1, 16, failure);
    }

    private static final class StubHandle implements JobHandle {
        final CompletableFuture<JobProgress> result = new CompletableFuture<>();
        private JobProgress first = JobWatchTest.progress(JobStatus.CREATED, 0, null);

        void listenerGets(JobProgress progress) {
            first = progress;
        }

        @Override
        public String id() {
            return "sums";
        }

        @Override
        public boolean resumed() {
            return false;
        }

        @Override
        public CompletionStage<JobProgress> progress() {
            return CompletableFuture.completedFuture(first);
        }

        @Override
        public void onProgress(Consumer<JobProgress> listener) {
            listener.accept(first);
        }

        @Override
        public CompletionStage<JobStatus> cancel() {
            return CompletableFuture.completedFuture(JobStatus.CANCELED);
        }

        @Override
        public CompletionStage<JobProgress> result() {
            return result;
        }
    }
}
