// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that run jobs, with nodes and jobs that really run. */
class JobCommandsTest {
    private static final PrintStream STANDARD_OUTPUT = System.out;

    @TempDir
    Path dir;

    @AfterEach
    void giveStandardOutputBack() {
        System.setOut(STANDARD_OUTPUT);
    }

    @Test
    void aJobRunsToItsEndAndSaysSoWhenItIsStartedAgain() throws Exception {
        Ran first = run("run", "-c", "NumberSums", "--dir", dir.toString(), "--output", "json", "--", "--count", "6");
        assertThat(first.exit()).as(first.err()).isZero();
        List<String> lines = first.out().lines().toList();
        assertThat(lines).contains("odd 9", "even 12");
        JsonNode report = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(report.get("status").asText()).isEqualTo("FINISHED");
        assertThat(report.get("recordsRead").asLong()).isEqualTo(6);
        assertThat(first.err()).contains("The job 'NumberSums' finished in").doesNotContain("\tat ");

        Ran second = run("run", "-c", "NumberSums", "--dir", dir.toString());
        assertThat(second.exit()).isEqualTo(ExitCodes.FAILED);
        assertThat(second.err()).contains("finished already");
        assertThat(second.out()).isEmpty();
    }

    @Test
    void aJobThatFailsIsExitCodeOneAndOneParagraph() throws Exception {
        Path missing = dir.resolve("no-such-file.txt");
        Ran ran = run(
                "run",
                "-c",
                "WordCount",
                "--dir",
                dir.toString(),
                "-D",
                "restart-strategy.type=none",
                "--",
                "--input",
                missing.toString());
        assertThat(ran.exit()).isEqualTo(ExitCodes.FAILED);
        assertThat(ran.err()).contains("no-such-file.txt").doesNotContain("\tat ");
    }

    @Test
    void theDemoStartsAfreshInItsOwnDirectoryOnceItHasFinished() throws Exception {
        Path input = Files.writeString(dir.resolve("flights.csv"), flights());
        for (int run = 0; run < 2; run++) {
            Ran ran = run("demo", "--fast", "--input", input.toString());
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.err()).contains("The demo finished in", "2 flights read", "1 window, ");
            Path output = dir.resolve("millrace-data/demo/output");
            assertThat(output).isDirectory();
            assertThat(contentOf(output)).containsExactly("2001-01-01T05:00,ORD,2,1,20.00,30");
        }
    }

    private static String flights() {
        return "departure,delay,origin\n2001-01-01T05:10,30,ORD\n2001-01-01T05:20,10,ORD\n";
    }

    private static List<String> contentOf(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private record Ran(int exit, String out, String err) {}

    private Ran run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit = MillraceCli.execute(terminal, dir, args);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
