// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What judges the output of killed jobs notices what it is there to notice. */
class OracleTest {
    private static final String ORD = "2001-01-01T05:00,ORD,2,1,20.00,30";
    private static final String DEN = "2001-01-01T05:00,DEN,1,0,3.00,3";

    @TempDir
    Path out;

    @Test
    void aRowTooManyTooFewOrOtherwiseIsADifference() throws Exception {
        List<String> answer = FlightAnswers.ofExampleData();
        assertThat(answer).hasSize(72_839).doesNotHaveDuplicates().isSorted();
        assertThat(OutputFiles.differences(answer, answer)).isEmpty();

        List<String> twice = new ArrayList<>(answer);
        twice.add(answer.get(700));
        assertThat(OutputFiles.differences(answer, twice)).containsExactly("+1 " + answer.get(700));
        List<String> lost = new ArrayList<>(answer);
        lost.remove(800);
        assertThat(OutputFiles.differences(answer, lost)).containsExactly("-1 " + answer.get(800));
        List<String> wrong = new ArrayList<>(answer);
        wrong.set(900, answer.get(900) + "0");
        assertThat(OutputFiles.differences(answer, wrong))
                .containsExactly("-1 " + answer.get(900), "+1 " + answer.get(900) + "0");
    }

    @Test
    void aReaderSeesNothingWrongInFilesThatAppearWhole() throws Exception {
        OutputReader.Findings findings;
        try (OutputReader reader = new OutputReader(out)) {
            Files.writeString(out.resolve(".part-Job-files-1-0-0.pending"), ORD + "\n" + DEN);
            commit("part-Job-files-1-0-1", ORD);
            await().until(() -> reader.files() == 1);
            commit("part-Job-files-2-0-2", DEN);
            findings = reader.finish();
        }
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.files()).isEqualTo(2);
        assertThat(findings.windows()).isEqualTo(2);
    }

    @Test
    void aReaderNoticesAWindowThatComesTwice() throws Exception {
        assertThat(violationsAfter(() -> commit("part-Job-files-2-0-2", ORD)))
                .containsExactly("2001-01-01T05:00,ORD is in part-Job-files-1-0-1 and in part-Job-files-2-0-2");
    }

    @Test
    void aReaderNoticesAFileThatGrows() throws Exception {
        assertThat(violationsAfter(() -> Files.writeString(out.resolve("part-Job-files-1-0-1"), ORD + "\n" + DEN)))
                .contains("part-Job-files-1-0-1 has changed");
    }

    @Test
    void aReaderNoticesAFileThatGoesAway() throws Exception {
        assertThat(violationsAfter(() -> Files.delete(out.resolve("part-Job-files-1-0-1"))))
                .allMatch(violation -> violation.contains("part-Job-files-1-0-1"))
                .isNotEmpty();
    }

    @Test
    void aReaderNoticesAFileThatIsNotCommitted() throws Exception {
        assertThat(violationsAfter(() -> commit("part-Job-files-1-1-1.pending", DEN)))
                .containsExactly("part-Job-files-1-1-1.pending is visible, but is not the name of a committed file");
    }

    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }

    private List<String> violationsAfter(Deed deed) throws Exception {
        try (OutputReader reader = new OutputReader(out)) {
            commit("part-Job-files-1-0-1", ORD);
            await().until(() -> reader.files() == 1);
            deed.run();
            return reader.finish().violations();
        }
    }

    private void commit(String name, String row) throws Exception {
        Path pending = Files.writeString(out.resolve("." + name + ".tmp"), row + "\n");
        Files.move(pending, out.resolve(name));
    }
}
