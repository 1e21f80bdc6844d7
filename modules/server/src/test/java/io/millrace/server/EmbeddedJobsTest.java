// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.sink.DiscardSink;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobRejectedException;
import io.millrace.runtime.JobStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on a real node: actors, cluster, sharding, journal, files. */
class EmbeddedJobsTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "1, 512, exactly-once, on",
        "3, 512, exactly-once, off",
        "2, 1, exactly-once, on",
        "2, 512, at-least-once, off"
    })
    void aWindowedJobGivesTheRightAnswer(int parallelism, int batchSize, String mode, String specialise)
            throws Exception {
        Path out = temp.resolve("out");
        try (EmbeddedNode node = EmbeddedNode.start(
                temp.resolve("node"),
                "channel.batch-size = " + batchSize,
                "checkpointing.mode = " + mode,
                "chain.specialise = " + specialise)) {
            JobHandle job =
                    node.submit("sums", TestJobs.Sums.class, parallelism, "--count", "60000", "--output", out + "");

            JobProgress end = EmbeddedNode.await(job);

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(end.recordsRead()).isEqualTo(60_000);
            assertThat(end.lateRecords()).isZero();
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(TestJobs.expectedSums(60_000));
    }

    @Test
    void twentyFailuresChangeNothingAndRecreateNoActor() throws Exception {
        Path out = temp.resolve("out");
        TestJobs.FAILURES_LEFT.set(20);
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"))) {
            JobHandle job =
                    node.submit("failing", TestJobs.Failing.class, 2, "--count", "1050000", "--output", out + "");

            JobProgress end = EmbeddedNode.await(job);

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(end.epoch()).isEqualTo(21);
            assertThat(end.restarts()).isEqualTo(20);
            // Enumerator 1, readers 2, map 1, windows with sinks 2: none of them was made twice.
            assertThat(end.subtaskActors()).isEqualTo(6);
            System.out.println("20 failures: " + end.epoch() + " epochs, " + (end.subtaskActors() - 6)
                    + " actors created again for 6 subtasks");
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(TestJobs.expectedSums(1_050_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aRecordThatAlwaysFailsEndsTheJobInWords(String specialise) throws Exception {
        try (EmbeddedNode node = EmbeddedNode.start(
                temp.resolve("node"), "restart-strategy.attempts = 2", "chain.specialise = " + specialise)) {
            JobProgress end = EmbeddedNode.await(node.submit("poisoned", TestJobs.Poisoned.class, 1));

            assertThat(end.status()).isEqualTo(JobStatus.FAILED);
            assertThat(end.restarts()).isEqualTo(2);
            assertThat(end.failure())
                    .contains("'divide'", "by zero", "Number[value=500", "2 restarts")
                    .doesNotContain("\n");
        }
        assertThat(temp.resolve("node/logs/millrace.log"))
                .content()
                .containsPattern("WARN .*\\[poisoned: .*divide.* #0\\] - The subtask .* failed")
                .contains("The operator 'divide' failed");
    }

    @Test
    void anErrorOfUserCodeIsAFailureLikeAnException() throws Exception {
        Path out = temp.resolve("out");
        TestJobs.Erring.FAILED.set(false);
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"))) {
            assertThatThrownBy(() -> node.submit("undefined", TestJobs.Erring.class, 1, "--in-definition"))
                    .isInstanceOf(JobRejectedException.class)
                    .hasMessageContaining("planned error");

            JobProgress end = EmbeddedNode.await(
                    node.submit("erring", TestJobs.Erring.class, 1, "--count", "60000", "--output", out + ""));

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(end.failure()).contains("'read'", "IOError", "planned error");
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(TestJobs.expectedSums(60_000));
    }

    @Test
    void aSideOutputReadAsAnotherTypeIsAnErrorAndNoSilentLoss() throws Exception {
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"), "restart-strategy.attempts = 1")) {
            JobProgress end = EmbeddedNode.await(node.submit("mistyped", TestJobs.Mistyped.class, 1));

            assertThat(end.status()).isEqualTo(JobStatus.FAILED);
            assertThat(end.failure()).contains("'odd' is emitted as java.lang.Long and read as java.lang.String");
        }
    }

    @Test
    void aSlowSinkHoldsTheSourceBack() throws Exception {
        DiscardSink.forget("slow");
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"), "channel.batch-size = 16")) {
            AtomicLong lost = node.countLostData();
            JobHandle job = node.submit("slow", TestJobs.SlowSink.class, 1, "--count", "100000000");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> progress(job).completedCheckpoints() >= 3
                            && DiscardSink.totals("slow").records() > 1_000);

            JobProgress now = progress(job);
            // What the source is ahead of the sink is what credits, one overdrawn batch and one turn allow.
            assertThat(now.recordsRead() - DiscardSink.totals("slow").records()).isLessThan(16 * 40);
            assertThat(now.maxMailboxDepth()).isLessThanOrEqualTo(now.mailboxBound());
            assertThat(now.status()).isEqualTo(JobStatus.RUNNING);
            assertThat(lost).hasValue(0);

            assertThat(job.cancel().toCompletableFuture().join()).isEqualTo(JobStatus.CANCELED);
            assertThat(EmbeddedNode.await(job).status()).isEqualTo(JobStatus.CANCELED);
        }
    }

    @Test
    void unionSideOutputsTimersAndSeveralSinks() throws Exception {
        DiscardSink.forget("running");
        Path out = temp.resolve("out");
        long sinksTook;
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"))) {
            JobProgress end = EmbeddedNode.await(
                    node.submit("everything", TestJobs.Everything.class, 2, "--count", "5000", "--output", out + ""));

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            sinksTook = end.recordsWritten();
        }
        List<String> expected = IntStream.range(0, TestJobs.KEYS)
                .boxed()
                .flatMap(key -> IntStream.rangeClosed(1, 5)
                        .mapToObj(second -> key + "," + (second * 1000 - 1) + ","
                                + LongStream.range(0, second * 1000L)
                                        .filter(i -> i % TestJobs.KEYS == key)
                                        .count()))
                .sorted()
                .toList();
        assertThat(EmbeddedNode.committedLines(out.resolve("odd")))
                .hasSize(2500)
                .doesNotHaveDuplicates();
        assertThat(DiscardSink.totals("running").records()).isEqualTo(5000);
        // A count may see records of the next second that came before the watermark passed the timer.
        assertThat(EmbeddedNode.committedLines(out.resolve("main"))).hasSameSizeAs(expected);
        assertThat(sinksTook).isEqualTo(2500 + 5000 + expected.size());
    }

    @Test
    void aStoppedNodeGoesOnWhereItWasAndAFinishedJobSaysSo() throws Exception {
        Path out = temp.resolve("out");
        String[] args = {"--count", "60000", "--rate", "40000", "--output", out + ""};
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"))) {
            JobHandle job = node.submit("sums", TestJobs.Sums.class, 2, args);
            assertThat(job.resumed()).isFalse();
            await().until(() -> progress(job).completedCheckpoints() >= 2);
        }
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"))) {
            assertThatThrownBy(() -> node.submit("sums", TestJobs.Sums.class, 3, args))
                    .isInstanceOf(JobRejectedException.class)
                    .hasMessageContaining("parallelism 2 then, 3 now");

            JobHandle job = node.submit("sums", TestJobs.Sums.class, 2, args);
            assertThat(job.resumed()).isTrue();
            JobProgress end = EmbeddedNode.await(job);

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(end.recordsRead()).isLessThan(60_000);
            assertThatThrownBy(() -> node.submit("sums", TestJobs.Sums.class, 2, args))
                    .isInstanceOf(JobRejectedException.class)
                    .hasMessageContaining("has finished already");
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(TestJobs.expectedSums(60_000));
    }

    @Test
    void aSubtaskStuckInUserCodeIsReplaced() throws Exception {
        Path out = temp.resolve("out");
        TestJobs.STUCK.set(new CountDownLatch(1));
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"), "recovery.deployment-timeout = 1 s")) {
            JobHandle job = node.submit(
                    "stuck", TestJobs.Stuck.class, 1, "--count", "60000", "--rate", "40000", "--output", out + "");

            JobProgress end = EmbeddedNode.await(job);

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            // Two enumerators, two readers, the stuck map, the window with its sink; and the stuck map again.
            assertThat(end.subtaskActors()).isEqualTo(7);
            TestJobs.STUCK.get().countDown();
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(TestJobs.expectedSums(60_000));
    }

    @ParameterizedTest
    @CsvSource({"job.manifest", "run", "part"})
    void aDamagedCheckpointLeadsToTheOneBefore(String ending) throws Exception {
        Path out = temp.resolve("out");
        Path dir = temp.resolve("node");
        String[] args = {"--count", "90000", "--rate", "40000", "--output", out + ""};
        long known;
        try (EmbeddedNode node = EmbeddedNode.start(dir)) {
            JobHandle job = node.submit("sums", TestJobs.Sums.class, 2, args);
            await().until(() -> progress(job).completedCheckpoints() >= 4);
            known = progress(job).lastCheckpointId();
        }
        damageFrom(known, dir.resolve("checkpoints"), ending);
        try (EmbeddedNode node = EmbeddedNode.start(dir)) {
            JobProgress end = EmbeddedNode.await(node.submit("sums", TestJobs.Sums.class, 2, args));

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(end.failure())
                    .containsPattern("Checkpoint \\d+ cannot be read")
                    .contains("goes back to checkpoint");
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(TestJobs.expectedSums(90_000));
    }

    /**
     * Flips a bit in the middle of a file of each checkpoint from the last that is known to be complete on: a newer one
     * may have its files and not be in the journal.
     */
    private static void damageFrom(long known, Path checkpoints, String ending) throws IOException {
        List<Path> manifests;
        try (Stream<Path> files = Files.walk(checkpoints)) {
            manifests = files.filter(file -> file.endsWith("job.manifest") && number(file) >= known)
                    .toList();
        }
        assertThat(manifests).isNotEmpty();
        for (Path manifest : manifests) {
            Path damaged = largest(manifest.getParent(), ending);
            byte[] bytes = Files.readAllBytes(damaged);
            bytes[bytes.length / 2] ^= 1;
            Files.write(damaged, bytes);
        }
    }

    private static Path largest(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .max(Comparator.comparingLong(EmbeddedJobsTest::size))
                    .orElseThrow();
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getParent().getFileName().toString().replace("checkpoint-", ""));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JobProgress progress(JobHandle job) {
        return job.progress().toCompletableFuture().join();
    }
}
