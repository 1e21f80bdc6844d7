// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.examples.IntervalJoin.Settlement;
import io.millrace.testkit.CollectSink;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ExampleNode.class)
class IntervalJoinTest {
    private static final String LABEL = "interval-join";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            IntervalJoin.settlements(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 512", "2, 512"})
    void joinsPaymentsWithinTheHour(int parallelism, int batchSize, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, batchSize);

        assertThat(CollectSink.<Settlement>committed(LABEL))
                .containsExactlyInAnyOrder(
                        new Settlement("A1", at("09:00"), 30),
                        new Settlement("A2", at("09:10"), 0),
                        new Settlement("A3", at("09:20"), 25),
                        new Settlement("A3", at("09:20"), 25),
                        new Settlement("A4", at("10:30"), 10),
                        new Settlement("A5", at("11:00"), 0));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + ":00Z");
    }
}
