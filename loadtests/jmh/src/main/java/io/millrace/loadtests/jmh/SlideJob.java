// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;

/** Counts the events of each key in windows of some kind. Its arguments are the sink's label and the kind. */
final class SlideJob implements StreamJob {
    /** Kinds of windows. */
    enum Kind {
        TUMBLING,
        SLIDING,
        CUMULATIVE,
        SESSIONS;

        private WindowAssigner<Event, TimeWindow> windows() {
            return switch (this) {
                case TUMBLING -> TumblingEventTimeWindows.of(SIZE);
                case SLIDING -> SlidingEventTimeWindows.of(SIZE, SLIDE);
                case CUMULATIVE -> CumulativeEventTimeWindows.of(SIZE, SLIDE);
                case SESSIONS -> EventTimeSessionWindows.withGap(GAP);
            };
        }
    }

    static final Duration SIZE = Duration.ofSeconds(60);
    static final Duration SLIDE = Duration.ofSeconds(1);

    /** Five times what lies between two events of a key. */
    private static final Duration GAP = Duration.ofMillis(50);

    @Override
    public void define(StreamEnvironment env) {
        Kind kind = Kind.valueOf(env.args().positional().get(1));
        env.fromSource(
                        GeneratorSource.of(i -> new Event(i, i, 0), 0, Event.class),
                        WatermarkStrategy.forMonotonousTimestamps(),
                        "events")
                .keyBy(Event::key, Long.class)
                .window(kind.windows())
                .aggregate(new WindowJob.Counting(), Long.class)
                .uid("counts")
                .map(count -> new Event(0, count, 0))
                .sinkTo(new CountingSink(env.args().positional().get(0)));
    }
}
