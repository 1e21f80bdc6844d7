// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Millrace answers as the loop does, at every parallelism. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {
    private static final int EVENTS = 200_000;

    private Engine loop;
    private Engine millrace;
    private int jobs;

    @BeforeAll
    void start() throws Exception {
        loop = new LoopEngine();
        millrace = MillraceEngine.start("200ms", line -> {});
    }

    @AfterAll
    void stop() {
        millrace.close();
    }

    @ParameterizedTest
    @EnumSource
    void checksumsAgree(Query query) throws Exception {
        RunResult expected = loop.run(new RunSpec(query, ++jobs, 1, EVENTS, 1, 10_000));
        assertThat(expected.results()).isPositive();
        for (int parallelism : new int[] {1, 2, 4}) {
            RunResult actual = millrace.run(new RunSpec(query, ++jobs, parallelism, EVENTS, 1, 10_000));
            assertThat(actual.results()).as("parallelism " + parallelism).isEqualTo(expected.results());
            assertThat(actual.checksum()).as("parallelism " + parallelism).isEqualTo(expected.checksum());
            assertThat(actual.parallelism()).isEqualTo(parallelism);
            assertThat(actual.checkpoints()).isPositive();
            assertThat(actual.seconds()).isPositive();
            assertThat(actual.startSeconds()).isPositive();
        }
    }
}
