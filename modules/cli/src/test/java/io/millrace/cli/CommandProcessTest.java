// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, and what the signals of a keyboard do to it. */
class CommandProcessTest {
    @TempDir
    Path dir;

    @Test
    void anInterruptedJobGoesOn() throws Exception {
        String[] command = {"run", "-c", "SlowSink", "--dir", dir.toString(), "--", "--count", "2500"};
        Process process = start(command);
        CompletableFuture<String> out = read(process, false);
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = err.readLine();
            while (line != null && !line.startsWith("running")) {
                line = err.readLine();
            }
            assertThat(line).as("a line of progress before the end").isNotNull();
            interrupt(process);
            assertThat(err.lines().toList()).anyMatch(said -> said.contains("goes on from its last checkpoint"));
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(out.get(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(dir.resolve("node.pid")).as("the directory is let go").doesNotExist();

        Ran again = run(command);
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.err()).contains("Going on with the job 'SlowSink'", "after it went on");
    }

    private record Ran(int exit, String out, String err) {}

    private Ran run(String... args) throws Exception {
        Process process = start(args);
        CompletableFuture<String> out = read(process, false);
        CompletableFuture<String> err = read(process, true);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("an end of " + List.of(args))
                .isTrue();
        return new Ran(process.exitValue(), out.get(5, TimeUnit.SECONDS), err.get(5, TimeUnit.SECONDS));
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MillraceCli.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).directory(dir.toFile()).start();
    }

    private static CompletableFuture<String> read(Process process, boolean errors) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                byte[] bytes = (errors ? process.getErrorStream() : process.getInputStream()).readAllBytes();
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    /** As Ctrl-C does; Java itself can only terminate. */
    private static void interrupt(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
