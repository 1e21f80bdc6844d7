// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Watches sensors, each by itself: one that says nothing for 5 minutes, and a temperature that is more than 5 degrees off
 * the mean of those before it. A process function with two states and a timer for each sensor.
 */
public final class SensorAnomaly implements StreamJob {
    static final long SILENCE_MS = Duration.ofMinutes(5).toMillis();
    static final double JUMP = 5;
    static final long LEARNING = 10;

    record Reading(String sensor, Instant time, double celsius) {}

    record Anomaly(String sensor, Instant time, String what) {}

    /** What a sensor has measured so far. */
    record Mean(long count, double sum) {
        Mean with(double celsius) {
            return new Mean(count + 1, sum + celsius);
        }

        double value() {
            return sum / count;
        }
    }

    public static void main(String[] args) throws Exception {
        LocalRun.of(SensorAnomaly.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        anomalies(env)
                .map(anomaly -> anomaly.time() + " " + anomaly.sensor() + ": " + anomaly.what())
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<Anomaly> anomalies(StreamEnvironment env) {
        WatermarkStrategy<Reading> times = WatermarkStrategy.<Reading>forMonotonousTimestamps()
                .withTimestampAssigner((reading, ignored) -> reading.time().toEpochMilli());
        return env.fromSource(new CollectionSource<>(readings()), times, "readings")
                .uid("readings")
                .returns(Reading.class)
                .keyBy(Reading::sensor, String.class)
                .process(new Watch())
                .name("watch")
                .uid("watch")
                .returns(Anomaly.class);
    }

    private static final class Watch extends KeyedProcessFunction<String, Reading, Anomaly> {
        private ValueState<Mean> mean;
        private ValueState<Long> deadline;

        @Override
        public void open(RuntimeContext context) {
            mean = context.getState(new ValueStateDescriptor<>("mean", Mean.class));
            deadline = context.getState(new ValueStateDescriptor<>("deadline", Long.class));
        }

        @Override
        public void processElement(Reading reading, Context<String> context, Collector<Anomaly> out) {
            Long expected = deadline.value();
            if (expected != null) {
                // The timer may have no chance to fire before this reading: time goes on from batch to batch.
                if (context.timestamp() > expected) {
                    silent(expected, context, out);
                }
                context.timerService().deleteEventTimeTimer(expected);
            }
            long next = context.timestamp() + SILENCE_MS;
            deadline.update(next);
            context.timerService().registerEventTimeTimer(next);

            Mean before = mean.value() == null ? new Mean(0, 0) : mean.value();
            if (before.count() >= LEARNING && Math.abs(reading.celsius() - before.value()) > JUMP) {
                out.collect(new Anomaly(
                        reading.sensor(),
                        reading.time(),
                        String.format("%.1f degrees, where %.1f are usual", reading.celsius(), before.value())));
            } else {
                mean.update(before.with(reading.celsius()));
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Anomaly> out) {
            // Also at the end of the input, which is the end of time: then all sensors have fallen silent.
            deadline.clear();
            silent(timestamp, context, out);
        }

        private static void silent(long deadline, Context<String> context, Collector<Anomaly> out) {
            Instant since = Instant.ofEpochMilli(deadline - SILENCE_MS);
            out.collect(new Anomaly(context.currentKey(), Instant.ofEpochMilli(deadline), "nothing since " + since));
        }
    }

    /** An hour of three sensors, a reading every half minute: one is silent for a while, another one jumps. */
    static List<Reading> readings() {
        Random random = new Random(5);
        Instant begin = Instant.parse("2026-01-05T10:00:00Z");
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Instant time = begin.plusSeconds(30L * i);
            readings.add(new Reading("boiler", time, (i == 47 || i == 90 ? 70 : 60) + random.nextGaussian()));
            if (i < 30 || i > 44) {
                readings.add(new Reading("cellar", time, 12 + random.nextGaussian()));
            }
            if (i < 100) {
                readings.add(new Reading("roof", time, (i >= 60 && i < 64 ? -4 : 3) + random.nextGaussian()));
            }
        }
        return readings;
    }
}
