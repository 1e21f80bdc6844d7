// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.stream.BoundedStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.runtime.protocol.RecordBatch;
import java.time.Duration;
import java.util.List;

/**
 * Other jobs of a JVM: other operators with other functions, which run through the same classes of the engine until
 * these are compiled for all of them.
 */
final class OtherJobs {
    private static final List<Class<? extends StreamJob>> JOBS =
            List.of(Parsing.class, Splitting.class, Inspecting.class, Scaling.class);

    private static final long RUN_NANOS = Duration.ofMillis(400).toNanos();

    private OtherJobs() {}

    /** Runs so many other jobs, 0 to 4, one after the other, each until its code is hot. */
    static void run(int count, SubtaskHost.Chains chains) {
        RecordBatch batch = SubtaskHost.batch(Event.make(1024, 1000), 0);
        for (Class<? extends StreamJob> job : JOBS.subList(0, count)) {
            SubtaskHost host = new SubtaskHost(job, chains, "other");
            long began = System.nanoTime();
            while (System.nanoTime() - began < RUN_NANOS) {
                host.process(batch);
            }
            host.close();
        }
    }

    private static DataStream<Event> events(StreamEnvironment env) {
        BoundedStream<Event> events = env.fromSource(
                GeneratorSource.of(i -> new Event(i, i, 0), 0, Event.class),
                WatermarkStrategy.noWatermarks(),
                "events");
        return events.rebalance();
    }

    private static CountingSink sink(StreamEnvironment env) {
        return new CountingSink(env.args().positional().get(0));
    }

    static final class Parsing implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            events(env)
                    .map(event -> event.key())
                    .filter(key -> key % 3 != 0)
                    .map(key -> new Event(key, key, 1))
                    .sinkTo(sink(env));
        }
    }

    static final class Splitting implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            events(env)
                    .<Event>flatMap((event, out) -> {
                        out.collect(event);
                        if (event.kind() == 3) {
                            out.collect(new Event(event.key(), 1, 4));
                        }
                    })
                    .filter(event -> event.amount() > 10)
                    .map(event -> new Event(event.amount(), event.key(), event.kind()))
                    .filter(event -> event.kind() < 12)
                    .sinkTo(sink(env));
        }
    }

    static final class Inspecting implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            events(env)
                    .filter(event -> event.kind() > 1)
                    .process(new KeepingLarge())
                    .map(event -> new Event(event.key(), -event.amount(), 0))
                    .sinkTo(sink(env));
        }
    }

    static final class KeepingLarge extends ProcessFunction<Event, Event> {
        @Override
        public void processElement(Event event, Context context, Collector<Event> out) {
            if (event.amount() > 20) {
                out.collect(event);
            }
        }
    }

    static final class Scaling implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            events(env)
                    .map(event -> new Event(event.key(), event.amount() << 1, event.kind()))
                    .map(event -> new Event(event.key() >> 1, event.amount(), event.kind()))
                    .<Event>flatMap((event, out) -> out.collect(event))
                    .filter(event -> event.key() >= 0)
                    .sinkTo(sink(env));
        }
    }
}
