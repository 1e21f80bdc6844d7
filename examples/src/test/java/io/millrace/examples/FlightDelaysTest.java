// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import java.time.LocalDateTime;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlightDelaysTest {
    private static HourlyDelays row(int... delays) {
        DelayAggregate aggregate = new DelayAggregate();
        DelayTotals totals = aggregate.createAccumulator();
        for (int delay : delays) {
            totals = aggregate.add(new Flight(LocalDateTime.of(2001, 1, 1, 5, 59), delay, "JFK"), totals);
        }
        long hour = LocalDateTime.of(2001, 1, 1, 5, 0).toEpochSecond(java.time.ZoneOffset.UTC) * 1000;
        return HourlyDelays.of(hour, "JFK", aggregate.getResult(totals));
    }

    @Test
    void writesRows() {
        assertThat(row(14, 15, -3).toCsv()).isEqualTo("2001-01-01T05:00,JFK,3,1,8.67,15");
        assertThat(row(-20).toCsv()).isEqualTo("2001-01-01T05:00,JFK,1,0,-20.00,-20");
    }

    @Test
    void roundsMeansHalfUp() {
        // 1/8 = 0.125 and -1/8 = -0.125: half up means away from zero.
        assertThat(row(1, 0, 0, 0, 0, 0, 0, 0).meanDelay()).hasToString("0.13");
        assertThat(row(-1, 0, 0, 0, 0, 0, 0, 0).meanDelay()).hasToString("-0.13");
    }

    @Test
    void mergesWhatWasCountedApart() {
        DelayAggregate aggregate = new DelayAggregate();
        DelayTotals left = aggregate.createAccumulator();
        DelayTotals right = aggregate.createAccumulator();
        IntStream.of(20, -5).forEach(left::add);
        IntStream.of(30, 3).forEach(right::add);
        DelayTotals merged = aggregate.merge(aggregate.merge(left, right), aggregate.createAccumulator());

        assertThat(HourlyDelays.of(0, "X", merged).toCsv()).isEqualTo("1970-01-01T00:00,X,4,2,12.00,30");
    }

    @Test
    void readsEventTimeAsUtc() {
        assertThat(new Flight(LocalDateTime.of(1970, 1, 1, 0, 1), 0, "X").eventTimeMs())
                .isEqualTo(60_000);
    }

    @Test
    void takesASpeedup() {
        assertThat(FlightDelays.speedup(JobArguments.of())).isInfinite();
        assertThat(FlightDelays.speedup(JobArguments.of("--speedup", "3600"))).isEqualTo(3600);
        assertThat(FlightDelays.speedup(JobArguments.of("--speedup", "3600", "--fast")))
                .isInfinite();
        assertThatThrownBy(() -> FlightDelays.speedup(JobArguments.of("--speedup=0")))
                .hasMessageContaining("--speedup takes a number above 0");
    }

    @Test
    void needsAnOutput() {
        assertThatThrownBy(() -> define(new FlightDelays())).hasMessageContaining("needs the argument --output");
    }

    @Test
    void everyRegisteredJobCanBeDefined() throws Exception {
        List<StreamJob> jobs = ServiceLoader.load(StreamJob.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        assertThat(jobs)
                .extracting(job -> job.getClass().getSimpleName())
                .containsExactly(
                        "AsyncEnrichment",
                        "DynamicRules",
                        "FlightDelays",
                        "FlightDelaysDemo",
                        "FraudDetection",
                        "IntervalJoin",
                        "NumberSums",
                        "ProcessMonitoring",
                        "SensorAnomaly",
                        "SessionClicks",
                        "SlowSink",
                        "TopN",
                        "WordCount",
                        "WorstDelays");
        for (StreamJob job : jobs) {
            StreamEnvironment env = define(job, "--output", "unused", "--input", "unused");
            assertThat(env.logicalPlan().transformations()).isNotEmpty().allMatch(node -> node.uid() != null);
        }
    }

    @Test
    void remembersWhereTheExampleDataAre() throws Exception {
        DefinitionContext context = DefinitionContext.local(JobArguments.of("--output", "unused"), 1);
        new FlightDelays().define(new StreamEnvironment(context));
        assertThat(context.onceValues().get("default-input")).endsWith("data/flights-*.csv.gz");
    }

    private static StreamEnvironment define(StreamJob job, String... args) throws Exception {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(args), 1));
        job.define(env);
        return env;
    }
}
