// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.examples.ProcessMonitoring.Overdue;
import io.millrace.examples.ProcessMonitoring.Shipped;
import io.millrace.examples.ProcessMonitoring.Step;
import io.millrace.testkit.CollectSink;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ExampleNode.class)
class ProcessMonitoringTest {
    private static final String SHIPPED = "process-monitoring";
    private static final String OVERDUE_STEPS = "process-monitoring-overdue";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Shipped> shipped = ProcessMonitoring.shipped(env);
            shipped.sinkTo(new CollectSink<>(SHIPPED)).uid("collect");
            shipped.getSideOutput(ProcessMonitoring.OVERDUE)
                    .sinkTo(new CollectSink<>(OVERDUE_STEPS))
                    .uid("collect-overdue");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(SHIPPED);
        CollectSink.forget(OVERDUE_STEPS);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 512", "2, 512"})
    void tellsWhatIsOverdueOnce(int parallelism, int batchSize, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, batchSize, "--rate", "Infinity");

        assertThat(CollectSink.<Shipped>committed(SHIPPED))
                .containsExactlyInAnyOrder(
                        new Shipped("A1", 8 * 60), new Shipped("A2", 23 * 60 + 50), new Shipped("A3", 25 * 60 + 1));
        assertThat(CollectSink.<Overdue>committed(OVERDUE_STEPS))
                .containsExactlyInAnyOrder(
                        new Overdue("A2", Step.PAID, Instant.parse("2026-01-05T10:10:00Z")),
                        new Overdue("A4", Step.PAID, Instant.parse("2026-01-05T11:20:00Z")),
                        new Overdue("A3", Step.SHIPPED, Instant.parse("2026-01-06T10:15:00Z")),
                        new Overdue("A4", Step.SHIPPED, Instant.parse("2026-01-06T11:50:00Z")),
                        new Overdue("A5", Step.SHIPPED, Instant.parse("2026-01-07T12:01:00Z")));
    }
}
