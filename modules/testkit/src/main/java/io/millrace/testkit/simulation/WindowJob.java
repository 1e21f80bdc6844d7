// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;

/** Counts and sums by key and window. */
public final class WindowJob implements StreamJob {
    static final long WINDOW_MS = 100;

    /** Count and sum so far. */
    public record Sum(long count, long sum) {}

    @Override
    public void define(StreamEnvironment env) {
        SimulatedWorld world = SimulatedWorld.of(env.args());
        env.fromSource(
                        new SimulatedSource<>(world, 0, SimulatedRecord.class),
                        world.scenario().timing().strategy(),
                        "source")
                .uid("source")
                .map(record -> {
                    world.faults().userCode();
                    return record;
                })
                .returns(SimulatedRecord.class)
                .keyBy(SimulatedRecord::key, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW_MS)))
                .aggregate(new Summing(world), Sum.class, asText())
                .uid("window")
                .sinkTo(new SimulatedSink(world, "windows"))
                .uid("sink");
    }

    static ProcessWindowFunction<Sum, String, String, TimeWindow> asText() {
        return (key, context, contents, out) ->
                contents.forEach(sum -> out.collect(text(key, context.window().start(), sum.count(), sum.sum())));
    }

    static String text(String key, long windowStart, long count, long sum) {
        return key + "@" + windowStart + "=" + count + ":" + sum;
    }

    record Summing(SimulatedWorld world) implements AggregateFunction<SimulatedRecord, Sum, Sum> {
        @Override
        public Sum createAccumulator() {
            return new Sum(0, 0);
        }

        @Override
        public Sum add(SimulatedRecord record, Sum sum) {
            world.faults().userCode();
            return new Sum(sum.count + 1, sum.sum + record.value());
        }

        @Override
        public Sum getResult(Sum sum) {
            return sum;
        }

        @Override
        public Sum merge(Sum left, Sum right) {
            return new Sum(left.count + right.count, left.sum + right.sum);
        }
    }
}
