// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.StreamJob;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs over two streams, with timers and services, on a real node. */
class ConnectedJobsTest {
    private static final int FAILURES = 2;
    private static final long COUNT = 30_000;

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"512, on", "16, off"})
    void jobsOverTwoStreamsAreRightAlsoAfterFailures(int batchSize, String specialise) throws Exception {
        try (EmbeddedNode node = EmbeddedNode.start(
                temp.resolve("node"), "channel.batch-size = " + batchSize, "chain.specialise = " + specialise)) {
            for (int parallelism = 1; parallelism <= 2; parallelism++) {
                assertThat(run(node, ConnectedJobs.Matched.class, parallelism))
                        .isEqualTo(ConnectedJobs.expectedMatches(COUNT));
                assertThat(run(node, ConnectedJobs.Ruled.class, parallelism))
                        .isEqualTo(ConnectedJobs.expectedProducts(COUNT));
            }
        }
    }

    private List<String> run(EmbeddedNode node, Class<? extends StreamJob> job, int parallelism) throws Exception {
        String name = job.getSimpleName() + parallelism;
        Path out = temp.resolve(name);
        ConnectedJobs.FAILURES_LEFT.set(FAILURES);
        JobProgress end =
                EmbeddedNode.await(node.submit(name, job, parallelism, "--count", COUNT + "", "--output", out + ""));
        assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
        // Subtasks that fail at the same time are one restart.
        assertThat(end.restarts()).isBetween(1, FAILURES);
        return EmbeddedNode.committedLines(out);
    }

    @Test
    void timersOfTheClockFireOnceForEachKeyAndTheHostsServiceIsThere() throws Exception {
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"), "restart-strategy.attempts = 1")) {
            JobProgress failed = EmbeddedNode.await(
                    node.submit("missing", ConnectedJobs.Greeted.class, 1, "--output", temp.resolve("missing") + ""));
            assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
            assertThat(failed.failure())
                    .contains("'keyedProcess'", "(greeting)", "Greeter", "withService(Greeter.class");

            node.withService(ConnectedJobs.Greeter.class, key -> "Hello " + key);
            assertThatThrownBy(() -> node.withService(ConnectedJobs.Greeter.class, key -> "Goodbye"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Greeter");
            for (int parallelism = 1; parallelism <= 2; parallelism++) {
                Path out = temp.resolve("greeted" + parallelism);
                JobProgress end = EmbeddedNode.await(node.submit(
                        "greeted" + parallelism,
                        ConnectedJobs.Greeted.class,
                        parallelism,
                        "--count",
                        "1000",
                        "--rate",
                        "1000",
                        "--output",
                        out + ""));
                assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
                assertThat(EmbeddedNode.committedLines(out)).isEqualTo(ConnectedJobs.expectedGreetings());
            }
        }
    }
}
