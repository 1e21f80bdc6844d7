// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.files.FileSink;
import io.millrace.connector.files.FileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Delays of flights by origin and hour of departure, from CSV files into CSV files, exactly once.
 *
 * <p>Arguments: {@code --output DIR}, {@code --input FILE_OR_GLOB} (default: the example data), {@code --speedup X}
 * (replay X times faster than the flights left; without it, or with {@code --fast}, at full speed).
 */
public final class FlightDelays implements StreamJob {
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(10);
    private static final String DATA = "examples/data";
    private static final String FILES = "/flights-*.csv.gz";

    @Override
    public void define(StreamEnvironment env) {
        hourlyDelays(env);
    }

    /** Defines the job and gives the stream of its results, for those who want them in another sink too. */
    static DataStream<HourlyDelays> hourlyDelays(StreamEnvironment env) {
        JobArguments args = env.args();
        String output = args.require("output");
        // The default depends on where the process runs, so it is found once and journalled with the job.
        String input = args.get("input").orElseGet(() -> env.once("default-input", FlightDelays::exampleData));

        FileSource<Flight> source = FileSource.csv(Flight.class, input)
                .withPacing((flight, ignored) -> flight.eventTimeMs(), speedup(args));
        WatermarkStrategy<Flight> watermarks = WatermarkStrategy.<Flight>forBoundedOutOfOrderness(OUT_OF_ORDER)
                .withTimestampAssigner((flight, ignored) -> flight.eventTimeMs());

        DataStream<HourlyDelays> delays = env.fromSource(source, watermarks, "flights")
                .uid("flights")
                .keyBy(Flight::origin, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .<DelayTotals, DelayTotals, HourlyDelays>aggregate(
                        new DelayAggregate(),
                        DelayTotals.class,
                        (origin, hour, totals, out) -> totals.forEach(total ->
                                out.collect(HourlyDelays.of(hour.window().start(), origin, total))))
                .name("hourly delays")
                .uid("hourly-delays")
                .returns(HourlyDelays.class);
        delays.sinkTo(FileSink.lines(output, HourlyDelays::toCsv)).name("files").uid("files");
        return delays;
    }

    /** Times faster than the flights left; infinite is full speed. */
    static double speedup(JobArguments args) {
        double speedup = args.getDouble("speedup", Double.POSITIVE_INFINITY);
        if (!(speedup > 0)) {
            throw new IllegalArgumentException(
                    "The argument --speedup takes a number above 0, not " + speedup + ". Leave it out for full speed.");
        }
        return args.flag("fast") ? Double.POSITIVE_INFINITY : speedup;
    }

    /** The data that come with the examples: under {@code millrace.home}, or else the working directory. */
    private static String exampleData() {
        Path home = Path.of(System.getProperty("millrace.home", "")).toAbsolutePath();
        Path data = home.resolve(DATA);
        Path inExamples = home.resolve("data");
        return (!Files.isDirectory(data) && Files.isDirectory(inExamples) ? inExamples : data) + FILES;
    }
}
