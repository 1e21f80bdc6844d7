// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.time.WatermarkStrategy;

/** Every source sends to every keyed subtask, which keeps no state. Its argument is the sink's label. */
final class ShuffleJob implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        env.fromSource(ExchangeJob.endless(1000), WatermarkStrategy.noWatermarks(), "events")
                .keyBy(Event::key, Long.class)
                .process(new PassingOn())
                .uid("pass")
                .sinkTo(new CountingSink(env.args().positional().get(0)));
    }

    static final class PassingOn extends KeyedProcessFunction<Long, Event, Event> {
        @Override
        public void processElement(Event event, Context<Long> context, Collector<Event> out) {
            out.collect(event);
        }
    }
}
