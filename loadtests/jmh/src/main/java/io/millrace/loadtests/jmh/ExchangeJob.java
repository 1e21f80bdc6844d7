// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import java.util.function.LongFunction;

/** A source and a sink that are not chained: each record changes threads once. Its argument is the sink's label. */
final class ExchangeJob implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        env.fromSource(endless(1000), WatermarkStrategy.noWatermarks(), "events")
                .rebalance()
                .sinkTo(new CountingSink(env.args().positional().get(0)));
    }

    /** The same few thousand events again and again: making them is not what is measured. */
    static GeneratorSource<Event> endless(int keys) {
        Event[] events = Event.make(4096, keys);
        LongFunction<Event> generator = index -> events[(int) index & 4095];
        return GeneratorSource.of(generator, Long.MAX_VALUE, Event.class);
    }
}
