// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.files.FileSink;
import io.millrace.connector.files.FileSource;
import java.time.Duration;

/** The worst delay of each airport and hour: the job that the README shows. */
public final class WorstDelays implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        FileSource<Flight> source = FileSource.csv(Flight.class, env.args().require("input"));
        WatermarkStrategy<Flight> times = WatermarkStrategy.<Flight>forBoundedOutOfOrderness(Duration.ofMinutes(10))
                .withTimestampAssigner((flight, ignored) -> flight.eventTimeMs());

        env.fromSource(source, times, "flights")
                .uid("flights")
                .keyBy(Flight::origin, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .reduce((worst, flight) -> flight.delay() > worst.delay() ? flight : worst)
                .uid("worst")
                .sinkTo(FileSink.lines(env.args().require("output"), Flight::toString))
                .uid("files");
    }
}
