// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as its user sees it: exit code, standard output, standard error. */
class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path dir;

    @Test
    void versionAndHelpGoToStandardOutput() {
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("Millrace ").contains("Java " + Runtime.version());
        assertThat(run("run", "--help")).isZero();
        assertThat(out()).contains("--class=CLASS", "Exit codes: 0 finished");
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("run", "demo", "plan");
    }

    @Test
    void wrongUsageIsExitCodeTwoAndSaysHowItIsRight() {
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("Which command?", "Usage: millrace");
        assertThat(run("fly")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("fly");
        assertThat(run("run", "-c", "Doubling", "--count", "5")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("--count", "come after --");
        assertThat(run("run", "-c", "Doubling", "-p", "many")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("many");
        assertThat(run("run", "-c", "Doubling", "-p", "0")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("1 to 32768, not 0");
        assertThat(run("demo", "--fast", "--speedup", "3")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("demo", "--speedup", "-3")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("above 0");
        assertThat(out()).isEmpty();
    }

    @Test
    void anUnknownJobListsTheKnown() {
        assertThat(run("run", "-c", "Nonsense")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("'Nonsense'", "Doubling", "FlightDelays").doesNotContain("\tat ");
        assertThat(run("run")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("Which job?", "Doubling");
    }

    @Test
    void anUnknownSettingNamesTheNearest() {
        assertThat(run("run", "-c", "Doubling", "--dir", dir.toString(), "-D", "cluster.prot=3"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("millrace.cluster.prot", "-D on the command line", "millrace.cluster.port");
        assertThat(run("run", "-c", "Doubling", "-D", "cluster.port")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("key=value, not 'cluster.port'");
    }

    @Test
    void aDirectoryThatIsNoneIsOneSentenceAndWithVerboseATrace() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "in the way");
        assertThat(run("run", "-c", "Doubling", "--dir", file.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains(file + " is a file").hasLineCount(1);
        assertThat(run("run", "--verbose", "-c", "Doubling", "--dir", file.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("NodeStartException", "\tat ");
    }

    @Test
    void aPlanIsShownAsTextAndAsJson() throws Exception {
        assertThat(run("plan", "-c", "Doubling", "-p", "3", "--", "--count", "5"))
                .isZero();
        assertThat(out()).contains("Job graph", "parallelism 3", "doubled");
        assertThat(run("plan", "-c", "Doubling", "--output", "json", "--", "--count", "5"))
                .isZero();
        JsonNode plan = new ObjectMapper().readTree(out());
        assertThat(plan.get("vertices")).isNotEmpty();
        assertThat(plan.get("fingerprint").asText()).isNotEmpty();
    }

    @Test
    void aJobThatCannotBeDefinedSaysWhy() {
        assertThat(run("plan", "-c", "Doubling")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains(Doubling.class.getName(), "needs the argument --count");
    }

    @Test
    void aDemoThatHasEndedInTheGivenDirectorySaysSo() throws Exception {
        new DemoDirectory(dir).markEnded();
        assertThat(run("demo", "--dir", dir.toString())).isZero();
        assertThat(err()).contains(dir.toString(), "has ended already", "--dir");
        assertThat(dir.resolve("journal")).doesNotExist();
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return MillraceCli.execute(
                Terminal.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                dir,
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
