// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as its user sees it: exit code, standard output, standard error. */
class NexmarkCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return NexmarkCommand.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--query q3                         | There is no query 'q3'",
                "--query q0 --engine abacus         | There is no engine 'abacus'",
                "--query q0 --before q99            | There is no query 'q99'",
                "--engine loop                      | --query",
                "--query q0 --events 0              | --events is 1 or more, not 0",
                "--query q0 --events many           | many",
                "--query q0 --parallelism 0         | --parallelism is 1 to 32768, not 0",
                "--query q0 --events-per-second 0   | --events-per-second is 1 to 1000000000, not 0",
                "--query q0 --in-process-jobs 0     | --in-process-jobs is 1 or more, not 0",
                "--query q0 --runs 0                | --runs is 1 or more, not 0",
                "--query q0 --output xml            | xml",
                "--query ,                          | --query names no query",
                "--query q0,q1,q0                  | --runs repeats them",
                "--query q0 --engine loop,loop      | --runs repeats them",
                "--query q0 --checkpoint-interval -5s | --checkpoint-interval is a time",
                "--query q0,q1 --checkpoint-interval 5furlongs | --checkpoint-interval is a time",
                "--query q0 --profile pom.xml       | directory",
                "--query q0,q1 --profile pom.xml/x  | directory",
                "--query q0 --sideways              | --sideways",
                "--query q0 --checkpoint-interval 5furlongs | 5furlongs",
            })
    void wrongUsageIsExitCodeTwoAndSaysWhatIsWrong(String line, String message) {
        assertThat(run(line.trim().split(" +"))).isEqualTo(NexmarkCommand.USAGE);
        assertThat(err()).contains(message).doesNotContain("\tat ");
        assertThat(out()).isEmpty();
    }

    @Test
    void helpTellsOptionsAndExitCodes() {
        assertThat(run("--help")).isEqualTo(NexmarkCommand.DONE);
        assertThat(out()).contains("--in-process-jobs", "q0, q1, q2, q5, q7 or q18", "Exit codes");
    }

    @Test
    void jobsInOneProcessGiveALineEach() throws Exception {
        assertThat(run("--query=q7", "--events=60000", "--before=q0,q2", "--in-process-jobs=2", "-p", "2"))
                .isEqualTo(NexmarkCommand.DONE);
        String[] lines = out().split("\n");
        assertThat(lines).hasSize(2);
        for (int i = 0; i < lines.length; i++) {
            JsonNode line = new ObjectMapper().readTree(lines[i]);
            assertThat(line.get("job").asInt()).isEqualTo(3 + i);
            assertThat(line.get("engine").asText()).isEqualTo("millrace");
            assertThat(line.get("query").asText()).isEqualTo("q7");
            assertThat(line.get("parallelism").asInt()).isEqualTo(2);
            assertThat(line.get("events").asLong()).isEqualTo(60_000);
            assertThat(line.get("results").asLong()).isEqualTo(1);
            assertThat(line.get("checksum").asText()).matches("[0-9a-f]{16}");
            for (String number :
                    new String[] {"seconds", "eventsPerSecond", "cpuSeconds", "checkpoints", "gcSeconds", "startSeconds"
                    }) {
                assertThat(line.get(number).isNumber()).as(number).isTrue();
            }
            assertThat(line.get("jdk").asText()).isEqualTo(System.getProperty("java.version"));
        }
        assertThat(err()).contains("before: q0 millrace", "before: q2 millrace");
    }

    @Test
    void enginesAreComparedInJvmsOfTheirOwn() throws Exception {
        assertThat(run("--query=q2", "--engine=loop,millrace", "--events=50000", "--output=text"))
                .as(err())
                .isEqualTo(NexmarkCommand.DONE);
        assertThat(out().lines()).hasSize(2).allMatch(line -> line.startsWith("q2 "));
        assertThat(err()).contains("Run 1 of 2: q2 on loop", "Run 2 of 2: q2 on millrace", "loop=1");
    }

    @Test
    void aProfileLeavesFlameGraphs(@TempDir Path directory) {
        assertThat(run("--query=q2", "--engine=loop", "--events=1000", "--profile=" + directory))
                .isEqualTo(NexmarkCommand.DONE);
        assertThat(directory.resolve("cpu.html")).exists();
        assertThat(directory.resolve("alloc.html")).exists();
    }
}
