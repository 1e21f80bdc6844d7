// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, which can be killed. */
final class MillraceProcess implements AutoCloseable {
    /** What the end of a process by signal 9 looks like from outside. */
    static final int KILLED = 128 + 9;

    /** Where the example data lie below. */
    static final Path HOME = home();

    private static final List<String> JVM =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dmillrace.home=" + HOME);

    private final Process process;
    private final Path out;
    private final Path err;
    private final long startNs = System.nanoTime();

    private MillraceProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts the command.
     *
     * @param workingDirectory relative paths of the arguments begin there
     */
    static MillraceProcess start(Path workingDirectory, String... args) throws IOException {
        Path out = Files.createTempFile(workingDirectory, "stdout-", ".txt");
        Path err = Files.createTempFile(workingDirectory, "stderr-", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MillraceCli.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        return new MillraceProcess(builder.start(), out, err);
    }

    private static Path home() {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            if (Files.isDirectory(dir.resolve("examples/data"))) {
                return dir;
            }
        }
        throw new IllegalStateException(
                "There is no examples/data above " + Path.of("").toAbsolutePath());
    }

    long pid() {
        return process.pid();
    }

    long ageMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    /** Whether the process has ended, which is waited for that long. */
    boolean hasEndedWithin(long ms) throws InterruptedException {
        return process.waitFor(ms, TimeUnit.MILLISECONDS);
    }

    /** Waits for the end and returns the exit code. */
    int await(Duration atMost) throws InterruptedException {
        if (!hasEndedWithin(atMost.toMillis())) {
            throw new AssertionError("The command did not end within " + atMost + ". It said: " + err());
        }
        return process.exitValue();
    }

    /** Ends the process by signal 9; the exit code tells whether it was still alive. */
    int kill() throws InterruptedException {
        process.destroyForcibly();
        return await(Duration.ofSeconds(30));
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
