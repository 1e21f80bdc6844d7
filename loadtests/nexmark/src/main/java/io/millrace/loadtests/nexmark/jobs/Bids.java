// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.events.EventSource;
import io.millrace.loadtests.nexmark.events.EventStream;
import io.millrace.loadtests.nexmark.results.Measurement;
import io.millrace.loadtests.nexmark.results.TallySink;

/**
 * How every query begins and ends.
 *
 * <p>Arguments of the jobs, all needed: {@code --label NAME} of the {@link Measurement}, {@code --events N},
 * {@code --seed N}, {@code --events-per-second N} of event time.
 */
final class Bids {
    private Bids() {}

    /** The bids among the events. */
    static DataStream<Bid> of(StreamEnvironment env) {
        JobArguments args = env.args();
        EventStream events = EventStream.of(number(args, "seed"), number(args, "events-per-second"));
        String label = args.require("label");
        Runnable onFirst = () -> Measurement.of(label).begin();
        return env.fromSource(
                        new EventSource(events, number(args, "events"), onFirst),
                        WatermarkStrategy.<Event>forMonotonousTimestamps(),
                        "events")
                .uid("events")
                .filter(event -> event instanceof Bid)
                .uid("only-bids")
                .map(event -> (Bid) event)
                .name("bids")
                .uid("bids")
                .returns(Bid.class);
    }

    private static long number(JobArguments args, String name) {
        args.require(name);
        return args.getLong(name, 0);
    }

    /** Ends a query. */
    static void tally(StreamEnvironment env, DataStream<?> results) {
        results.sinkTo(new TallySink(env.args().require("label"))).name("tally").uid("tally");
    }
}
