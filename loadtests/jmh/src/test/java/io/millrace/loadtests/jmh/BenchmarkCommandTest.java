// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void comparingWithoutABaselineFailsBeforeAnythingIsMeasured() throws Exception {
        assertThat(run("--compare")).isEqualTo(2);
        assertThat(text()).contains("loadtests/jmh", "--baseline FILE");
        Path folder = Files.createDirectories(home.resolve("loadtests/jmh"));
        assertThat(run("--compare")).isEqualTo(2);
        assertThat(text()).contains("There is no baseline " + folder.resolve("baseline.json"));
    }

    @Test
    void aBaselineThatCannotBeKeptIsRefusedBeforeAnythingIsMeasured() {
        assertThat(run(
                        "--save",
                        "--baseline",
                        home.resolve("none/baseline.json").toString()))
                .isEqualTo(2);
        assertThat(run("--save", "--baseline", home.toString())).isEqualTo(2);
        assertThat(text()).contains("cannot be written", "--baseline FILE").doesNotContain("[1/");
    }

    @Test
    void whatMakesNoBaselineIsRefused() {
        assertThat(run("--save", "--compare")).isEqualTo(2);
        assertThat(run("--save", "--quick")).isEqualTo(2);
        assertThat(run("--save", "chain")).isEqualTo(2);
        assertThat(text()).contains("Choose one of --save and --compare", "holds all benchmarks");
    }

    @Test
    void aPatternThatFindsNothingNamesWhatThereIs() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(text()).contains("'nonsense'", "Chain.loop", "Exchange.job");
        assertThat(run("(")).isEqualTo(2);
        assertThat(text()).contains("'(' is no regular expression");
    }

    @Test
    void theMeasuredJvmsGetTheOptionsOfTheirVersion() {
        assertThat(Measurer.jvmOptions(17))
                .contains("-XX:InlineSmallCode=10000")
                .noneMatch(option -> option.contains("unsafe"));
        assertThat(Measurer.jvmOptions(25)).contains("--sun-misc-unsafe-memory-access=allow");
    }

    private int run(String... args) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return BenchmarkCommand.execute(stream, stream, home, args);
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
