// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.examples.FraudDetection.Alert;
import io.millrace.testkit.CollectSink;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ExampleNode.class)
class FraudDetectionTest {
    private static final String LABEL = "fraud-detection";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            FraudDetection.alerts(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 512", "2, 512"})
    void judgesEachPaymentByTheRulesOfItsTime(int parallelism, int batchSize, ExampleNode.Running node)
            throws Exception {
        node.run(Job.class, parallelism, batchSize);

        assertThat(CollectSink.<Alert>committed(LABEL))
                .containsExactlyInAnyOrder(
                        new Alert("1111", at("05:40"), "an hour by night", 350),
                        new Alert("3333", at("10:20"), "an hour by day", 1_700),
                        new Alert("1111", at("10:25"), "one payment", 1_200),
                        new Alert("1111", at("11:00"), "an hour by day", 1_600));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + ":00Z");
    }
}
