// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;

/**
 * A fast source before a sink that blocks for each record, as a client without an asynchronous interface does. The sink
 * says so ({@code blocking()}), and gets threads of its own; the source is held back by credits.
 *
 * <p>Arguments: {@code --count N} records (default 10,000), {@code --millis M} a record (default 1).
 */
public final class SlowSink implements StreamJob {
    private static final int DEFAULT_COUNT = 10_000;

    @Override
    public void define(StreamEnvironment env) {
        long count = env.args().getLong("count", DEFAULT_COUNT);
        long millis = env.args().getLong("millis", 1);
        Sink<Long> slow = context -> (record, timestamp) -> Thread.sleep(millis);
        env.fromSource(
                        GeneratorSource.of(index -> index, count, Long.class),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .sinkTo(slow)
                .name("slow sink")
                .uid("slow-sink")
                .blocking();
    }
}
