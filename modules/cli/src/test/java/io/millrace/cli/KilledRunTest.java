// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a run of FlightDelays that was killed, damaged in several ways, and how the job then goes on. */
class KilledRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Paths are relative, so that a copy of the directory is the same job. */
    private static final String[] RUN = {
        "run",
        "-c",
        "FlightDelays",
        "-p",
        "2",
        "--dir",
        "node",
        "-D",
        "checkpointing.interval=200ms",
        "--",
        "--output",
        "out",
        "--speedup",
        "500000"
    };

    /** The least that makes one go back by one. */
    private static final int CHECKPOINTS = 4;

    @TempDir
    static Path killed;

    private static long lastCheckpoint;
    private static long pid;
    private static int secondExitCode;
    private static String secondError = "";

    @TempDir
    Path copy;

    /** Kills just after a checkpoint was committed, so that it is the newest that the journal knows. */
    @BeforeAll
    static void kill() throws Exception {
        Path output = killed.resolve("out");
        try (MillraceProcess process = MillraceProcess.start(killed, RUN)) {
            pid = process.pid();
            Path pidFile = killed.resolve("node/node.pid");
            waitFor(process, () -> Files.exists(pidFile) && Files.size(pidFile) > 0);
            startASecond();
            waitFor(process, () -> OutputFiles.newestCheckpoint(output) >= CHECKPOINTS);
            assertThat(process.kill()).isEqualTo(MillraceProcess.KILLED);
        }
        lastCheckpoint = OutputFiles.newestCheckpoint(output);
    }

    private static void waitFor(MillraceProcess process, Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            if (process.hasEndedWithin(1) || process.ageMs() > PATIENCE.toMillis()) {
                throw new AssertionError("The job did not get to where it was to be killed: " + process.err());
            }
        }
    }

    private static void startASecond() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        String node = killed.resolve("node").toString();
        secondExitCode =
                MillraceCli.execute(Terminal.plain(stream, stream), killed, "run", "-c", "NumberSums", "--dir", node);
        secondError = err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSecondNodeInTheSameDirectoryNamesTheFirst() {
        assertThat(secondExitCode).isEqualTo(ExitCodes.FAILED);
        assertThat(secondError)
                .contains("is in use by another node, process " + pid + ".")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.manifest", ".run"})
    void aDamagedCheckpointIsToldAndTheOneBeforeIsTaken(String ending) throws Exception {
        copyTo(copy);
        Path damaged = flipABit(ending);
        Ran again = runAgain();

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err())
                .contains(
                        "Going on with the job 'FlightDelays'",
                        "Checkpoint " + lastCheckpoint + " cannot be read",
                        damaged.getFileName().toString(),
                        "goes back to checkpoint " + (lastCheckpoint - 1))
                .doesNotContain("\tat ");
        assertThat(OutputFiles.differences(FlightAnswers.ofExampleData(), OutputFiles.rows(copy.resolve("out"))))
                .isEmpty();
    }

    @Test
    void withoutItsJournalTheJobRefusesTheOutputOfTheRunBefore() throws Exception {
        copyTo(copy);
        delete(copy.resolve("node/journal"));
        Ran again = runAgain();

        assertThat(again.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(lastLine(again.err()))
                .contains("holds checkpoints of the job 'FlightDelays'", "the journal does not know the job");
        assertThat(again.err()).doesNotContain("\tat ");
        assertThat(OutputFiles.rows(copy.resolve("out"))).isEqualTo(OutputFiles.rows(killed.resolve("out")));
    }

    @Test
    void withoutItsSnapshotsTheJobDoesNotStartEmpty() throws Exception {
        copyTo(copy);
        delete(copy.resolve("node/checkpoints"));
        Ran again = runAgain();

        assertThat(again.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(lastLine(again.err()))
                .contains("None of the job's checkpoints can be read", "the last completed one was " + lastCheckpoint);
        assertThat(again.err()).doesNotContain("\tat ");
        assertThat(OutputFiles.rows(copy.resolve("out"))).isEqualTo(OutputFiles.rows(killed.resolve("out")));
    }

    private record Ran(int exitCode, String err) {}

    private Ran runAgain() throws Exception {
        try (MillraceProcess process = MillraceProcess.start(copy, RUN)) {
            return new Ran(process.await(PATIENCE), process.err());
        }
    }

    private static String lastLine(String text) {
        List<String> lines = text.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** In the middle of the largest such file of the newest checkpoint. */
    private Path flipABit(String ending) throws IOException {
        Path damaged;
        try (Stream<Path> files = Files.walk(copy.resolve("node/checkpoints"))) {
            damaged = files.filter(file -> file.getParent().endsWith("checkpoint-" + lastCheckpoint))
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        return damaged;
    }

    private static void copyTo(Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(killed)) {
            for (Path path : paths.toList()) {
                Path to = target.resolve(killed.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(path, to);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException error)
                    throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
