// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    private static RunResult result(String engine, String query, long perSecond, String checksum) {
        return new RunResult(engine, query, 1, 1, 100, 1, perSecond, 1, 5, checksum, "17", 0, 0, 0);
    }

    @Test
    void aRowHasMedianSpreadAndRatio() {
        String table = new ComparisonTable(List.of(
                        result("loop", "q5", 4_000_000, "a"),
                        result("millrace", "q5", 1_000_000, "a"),
                        result("loop", "q5", 2_000_000, "a"),
                        result("millrace", "q5", 3_000_000, "a"),
                        result("millrace", "q5", 1_500_000, "a"),
                        result("millrace", "q7", 7, "b")))
                .text();
        assertThat(table.lines().toList().get(1))
                .contains("q5", "loop", " 2 ", "3,000,000", "2,000,000..4,000,000", "1.00");
        assertThat(table.lines().toList().get(2))
                .contains("q5", "millrace", " 3 ", "1,500,000", "1,000,000..3,000,000", "0.50");
        assertThat(table.lines().toList().get(3)).contains("q7").endsWith("-");
    }

    @Test
    void answersThatDifferAreAnError() throws Exception {
        InProcessRuns.checkAgreement(List.of(result("loop", "q5", 1, "a"), result("loop", "q7", 1, "b")));
        assertThatThrownBy(() -> InProcessRuns.checkAgreement(
                        List.of(result("loop", "q5", 1, "a"), result("millrace", "q5", 1, "b"))))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("q5")
                .hasMessageContaining("checksum b");
    }

    @Test
    void aResultComesBackFromItsLine() throws Exception {
        RunResult result = result("loop", "q5", 12, "00ff");
        assertThat(RunResult.fromJson(result.json())).isEqualTo(result);
    }
}
