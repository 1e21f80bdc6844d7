// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts the events of each key in windows of event time. Its argument is the sink's label. */
final class WindowJob implements StreamJob {
    static final long WINDOW_MS = 10_000;

    @Override
    public void define(StreamEnvironment env) {
        env.fromSource(
                        GeneratorSource.of(i -> new Event(i, i, 0), 0, Event.class),
                        WatermarkStrategy.forMonotonousTimestamps(),
                        "events")
                .keyBy(Event::key, Long.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW_MS)))
                .aggregate(new Counting(), Long.class)
                .uid("counts")
                .map(count -> new Event(0, count, 0))
                .sinkTo(new CountingSink(env.args().positional().get(0)));
    }

    /** How many events. */
    static final class Counting implements AggregateFunction<Event, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Event event, Long count) {
            return count + 1;
        }

        @Override
        public Long getResult(Long count) {
            return count;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }
    }

    /** The same as a person would write it for one thread and events in order of time. */
    static final class Plain {
        /** A count that is changed in place. */
        private static final class Count {
            private long value;
        }

        private final Map<Long, Count> window = new HashMap<>();
        private long end = WINDOW_MS;
        private long sum;

        void add(Event event, long timestamp) {
            if (timestamp >= end) {
                fire();
                end = timestamp - timestamp % WINDOW_MS + WINDOW_MS;
            }
            Count count = window.get(event.key());
            if (count == null) {
                count = new Count();
                window.put(event.key(), count);
            }
            count.value++;
        }

        private void fire() {
            for (Count count : window.values()) {
                sum += count.value;
            }
            window.clear();
        }

        long sum() {
            return sum;
        }
    }
}
