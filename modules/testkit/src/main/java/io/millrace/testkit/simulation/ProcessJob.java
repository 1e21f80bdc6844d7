// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;

/** Numbers the records of each key, sets timers, and tells the sum of each key at the end. */
public final class ProcessJob implements StreamJob {
    static final long TIMER_MS = 70;
    static final long LAST_TIMER_MS = 1_000_000_000L;

    /** What is known of a key. */
    public record Known(long count, long sum) {}

    @Override
    public void define(StreamEnvironment env) {
        SimulatedWorld world = SimulatedWorld.of(env.args());
        env.fromSource(
                        new SimulatedSource<>(world, 0, SimulatedRecord.class),
                        world.scenario().timing().strategy(),
                        "source")
                .uid("source")
                .keyBy(SimulatedRecord::key, String.class)
                .process(new Numbering(world))
                .returns(String.class)
                .uid("process")
                .sinkTo(new SimulatedSink(world, "process"))
                .uid("sink");
    }

    static long timerOf(long timestamp) {
        return (timestamp / TIMER_MS + 1) * TIMER_MS;
    }

    static String numbered(String key, long number) {
        return key + "#" + number;
    }

    static String timer(String key, long timestamp) {
        return key + "!" + timestamp;
    }

    static String sum(String key, long sum) {
        return key + "=" + sum;
    }

    private static final class Numbering extends KeyedProcessFunction<String, SimulatedRecord, String> {
        private final SimulatedWorld world;
        private ValueState<Known> known;

        private Numbering(SimulatedWorld world) {
            this.world = world;
        }

        @Override
        public void open(RuntimeContext context) {
            known = context.getState(new ValueStateDescriptor<>("known", Known.class));
        }

        @Override
        public void processElement(SimulatedRecord record, Context<String> context, Collector<String> out) {
            world.faults().userCode();
            Known before = known.value();
            Known after = before == null
                    ? new Known(1, record.value())
                    : new Known(before.count + 1, before.sum + record.value());
            known.update(after);
            context.timerService().registerEventTimeTimer(timerOf(record.timestamp()));
            context.timerService().registerEventTimeTimer(LAST_TIMER_MS);
            out.collect(numbered(context.currentKey(), after.count));
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<String> out) {
            world.faults().userCode();
            if (timestamp == LAST_TIMER_MS) {
                Known all = known.value();
                out.collect(sum(context.currentKey(), all == null ? -1 : all.sum));
                known.clear();
            } else {
                out.collect(timer(context.currentKey(), timestamp));
            }
        }
    }
}
