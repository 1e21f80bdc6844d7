// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = dir.resolve("baseline.json");
    }

    @Test
    void aBaselineIsReadAsItWasWritten() throws Exception {
        TreeMap<String, String> parameters = new TreeMap<>(Map.of("batchSize", "16"));
        Baseline written = Baseline.of(List.of(
                new Result("Exchange.loop", new TreeMap<>(), 2, 0.1, null),
                new Result("Exchange.job", parameters, 20, 1, new Ratio(10.00049, 0.5))));
        written.write(file);
        Baseline read = Baseline.read(file);
        assertThat(read).isEqualTo(written);
        assertThat(read.ratios()).containsExactly(new Baseline.Line("Exchange.job", parameters, new Ratio(10.0, 0.5)));
        assertThat(read.cores()).isPositive();
        assertThat(file).content().doesNotContain(dir.toString(), "nanos");
    }

    @Test
    void aMissingBaselineIsSaidSo() {
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(BaselineException.class)
                .hasMessage("There is no baseline " + file + " to compare with. Measure one with --save.");
    }

    @Test
    void aBrokenBaselineNamesFileAndLine() throws Exception {
        Files.writeString(file, "{ \"format\": 1,\n  \"jdk\": oops }");
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(BaselineException.class)
                .hasMessageContainingAll(file + ", line 2", "oops", "Measure it anew with --save");
    }

    @Test
    void aMissingOrSenselessValueIsNamed() throws Exception {
        Files.writeString(file, "{ \"format\": 1, \"jdk\": \"17.0.1\", \"ratios\": [] }");
        assertThatThrownBy(() -> Baseline.read(file)).hasMessageContainingAll(file.toString(), "cores", "--save");
        Files.writeString(
                file,
                "{ \"format\": 1, \"jdk\": \"17.0.1\", \"cores\": 2, \"ratios\": [ { \"name\": \"A.a\","
                        + " \"parameters\": {}, \"ratio\": { \"value\": -1, \"spread\": 0 } } ] }");
        assertThatThrownBy(() -> Baseline.read(file)).hasMessageContainingAll("A ratio is more than 0", "-1.0");
    }

    @Test
    void anotherFormatIsRefused() throws Exception {
        Files.writeString(file, "{ \"format\": 2, \"jdk\": \"17.0.1\", \"cores\": 2, \"ratios\": [] }");
        assertThatThrownBy(() -> Baseline.read(file)).hasMessageContainingAll("has format 2", "reads 1", "--save");
    }
}
