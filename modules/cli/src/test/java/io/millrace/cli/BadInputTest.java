// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong, and disks: one sentence on standard error, a useful exit code, and nothing lost. */
class BadInputTest {
    private static final PrintStream STANDARD_OUTPUT = System.out;
    private static final String HEADER = "departure,delay,distance,origin,destination\n";
    private static final String PROGRESS = "(created|deploying|running|restarting|draining)  records .*";

    @TempDir
    Path dir;

    @AfterEach
    void giveStandardOutputBack() {
        System.setOut(STANDARD_OUTPUT);
    }

    @Test
    void aMissingFileIsNamed() {
        Ran ran = flights(dir.resolve("none.csv"));
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said())
                .contains("The job 'FlightDelays' failed: There is no file '" + dir.resolve("none.csv") + "'. ");
    }

    @Test
    void aPatternThatNothingMatchesIsNamed() {
        Ran ran = flights(dir.resolve("*.csv"));
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said()).contains("No file matches '" + dir.resolve("*.csv") + "'");
    }

    @Test
    void aRowThatDoesNotParseEndsTheJobAndOnceMendedItGoesOn() throws Exception {
        String good = "2001-01-01T00:01,5,100,JFK,LAX\n";
        Path file = Files.writeString(
                dir.resolve("flights.csv"), HEADER + good + "2001-01-01T00:02," + "x".repeat(5_000) + ",100,JFK,LAX\n");
        Ran ran = flights(file);
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said())
                .contains(
                        "File '" + file + "', line 3: column 'delay': expected a whole number",
                        "found '" + "x".repeat(80) + "...'. ",
                        "3 restarts")
                .hasSizeLessThan(600);
        assertThat(OutputFiles.rows(dir.resolve("out"))).isEmpty();

        Files.writeString(file, HEADER + good + "2001-01-01T00:02,16,100,JFK,LAX\n");
        Ran mended = flights(file);
        assertThat(mended.exitCode()).as(mended.said()).isZero();
        assertThat(OutputFiles.rows(dir.resolve("out"))).containsExactly("2001-01-01T00:00,JFK,2,1,10.50,16");
    }

    @Test
    void aFileWithOtherColumnsSaysWhichItNeeds() throws Exception {
        Path file = Files.writeString(dir.resolve("flights.csv"), "departure,late,origin\n2001-01-01T00:01,5,JFK\n");
        Ran ran = flights(file);
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said()).contains(file.toString(), "no column 'delay'", "[departure, late, origin]");
    }

    @Test
    void aTruncatedGzipFileIsNoInput() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((HEADER + "2001-01-01T00:01,5,100,JFK,LAX\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = bytes.toByteArray();
        Path file = Files.write(dir.resolve("flights.csv.gz"), java.util.Arrays.copyOf(whole, whole.length - 12));
        Ran ran = flights(file);
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said()).contains(file.toString(), "gzip");
        assertThat(OutputFiles.rows(dir.resolve("out"))).isEmpty();
    }

    @Test
    void anOutputDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.writeString(dir.resolve("out"), "in the way");
        Ran ran = flights(dir.resolve("none.csv"));
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said()).contains("The output directory '" + file + "' cannot be made", "is a file");
    }

    @Test
    void settingsThatTheRuntimeRefusesAreWrongUsage() {
        for (String setting : List.of("checkpointing.mode=sometimes", "parallelism=0", "checkpointing.retain=0")) {
            Ran ran =
                    run("run", "-c", "NumberSums", "--dir", dir.resolve("node").toString(), "-D", setting);
            assertThat(ran.exitCode()).as(setting).isEqualTo(ExitCodes.USAGE);
            assertThat(ran.said()).contains("millrace." + setting.substring(0, setting.indexOf('=')));
        }
        assertThat(dir.resolve("node")).doesNotExist();
    }

    @Test
    void anArgumentThatIsNoNumberIsNamed() {
        Ran ran = run("run", "-c", "NumberSums", "--dir", dir.toString(), "--", "--count", "many");
        assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.said()).contains("--count takes a", "'many'");
    }

    @Test
    void aReadOnlyDirectoryIsNamed() throws Exception {
        try (Mount mount = new Mount(dir.resolve("mount"), "ro")) {
            Path inside = mount.path().resolve("node");
            Ran ran = run("run", "-c", "NumberSums", "--dir", inside.toString());
            assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
            assertThat(ran.said()).contains("The directory " + inside + " cannot be written to", "Read-only");
        }
    }

    @Test
    void aFullDiskFailsCheckpointsThatAreCountedAndOnceThereIsSpaceTheJobGoesOn() throws Exception {
        String[] command = {
            "run",
            "-c",
            "FlightDelays",
            "--dir",
            dir.resolve("node").toString(),
            "--output",
            "json",
            "-D",
            "checkpointing.interval=100ms",
            "-D",
            "checkpointing.tolerable-failures=2",
            "-D",
            "checkpointing.dir=" + dir.resolve("mount/checkpoints"),
            "-D",
            "restart-strategy.attempts=1",
            "--",
            "--output",
            dir.resolve("out").toString(),
            "--speedup",
            "2000000",
            "--input",
            MillraceProcess.HOME.resolve("examples/data").toString() + "/*.gz"
        };
        try (Mount mount = new Mount(dir.resolve("mount"), "size=32k")) {
            Ran ran = run(command);
            assertThat(ran.exitCode()).isEqualTo(ExitCodes.FAILED);
            assertThat(ran.said())
                    .contains("The job 'FlightDelays' failed: ", "tolerable-failures", "No space left on device");
            assertThat(new ObjectMapper()
                            .readTree(ran.out())
                            .get("failedCheckpoints")
                            .asInt())
                    .isEqualTo(2 * 3);

            mount.remount("size=32m");
            Ran again = run(command);
            assertThat(again.exitCode()).as(again.said()).isZero();
        }
        assertThat(OutputFiles.differences(FlightAnswers.ofExampleData(), OutputFiles.rows(dir.resolve("out"))))
                .isEmpty();
    }

    private Ran flights(Path input) {
        String[] command = {
            "run",
            "-c",
            "FlightDelays",
            "--dir",
            dir.resolve("node").toString(),
            "--",
            "--output",
            dir.resolve("out").toString(),
            "--input",
            input.toString()
        };
        return run(command);
    }

    /** A small file system in memory; where the test may not make one, it does not run. */
    private record Mount(Path path) implements AutoCloseable {
        Mount(Path path, String options) throws Exception {
            this(Files.createDirectories(path));
            Assumptions.assumeTrue(
                    succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString()),
                    "mounting a file system is permitted");
        }

        void remount(String options) throws Exception {
            assertThat(succeeds("mount", "-o", "remount," + options, path.toString()))
                    .isTrue();
        }

        @Override
        public void close() throws Exception {
            assertThat(succeeds("umount", path.toString())).isTrue();
        }

        private static boolean succeeds(String... command) throws Exception {
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (java.io.IOException e) {
                return false;
            }
        }
    }

    /**
     * What a run did.
     *
     * @param said what it said on standard error, lines of progress left out
     */
    private record Ran(int exitCode, String out, String said) {}

    private Ran run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = MillraceCli.execute(terminal, dir, args);
        List<String> said =
                new ArrayList<>(err.toString(StandardCharsets.UTF_8).lines().toList());
        said.removeIf(line -> line.matches(PROGRESS));
        assertThat(said).noneMatch(line -> line.startsWith("\tat ") || line.contains("unexpectedly"));
        // What ended the job comes last; notes of restarts before it depend on how fast the machine is.
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), said.get(said.size() - 1));
    }
}
