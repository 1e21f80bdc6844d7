// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;

/** Six cheap operators in one chain, and a sink that adds up what is left. Its argument is the sink's label. */
final class ChainJob implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        env.fromSource(
                        GeneratorSource.of(i -> new Event(i, i, 0), 0, Event.class),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .rebalance()
                .map(event -> new Event(event.key(), event.amount() * 3, event.kind()))
                .filter(event -> event.kind() != 7)
                .map(event -> new Event(event.key() + 1, event.amount() + event.kind(), event.kind()))
                .filter(event -> (event.amount() & 31) != 0)
                .map(event -> new Event(event.key(), event.amount() ^ event.key(), event.kind()))
                .filter(event -> event.amount() > 100)
                .sinkTo(new CountingSink(env.args().positional().get(0)));
    }

    /** What the job does, as a person would write it for one thread; to the same sink's writer. */
    static void plainLoop(Event[] events, SinkWriter<Event> writer) throws Exception {
        for (Event event : events) {
            Event converted = new Event(event.key(), event.amount() * 3, event.kind());
            if (converted.kind() == 7) {
                continue;
            }
            Event moved = new Event(converted.key() + 1, converted.amount() + converted.kind(), converted.kind());
            if ((moved.amount() & 31) == 0) {
                continue;
            }
            Event mixed = new Event(moved.key(), moved.amount() ^ moved.key(), moved.kind());
            if (mixed.amount() > 100) {
                writer.write(mixed, 0);
            }
        }
    }
}
