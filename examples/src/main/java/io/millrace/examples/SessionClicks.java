// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.source.Source;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.Lateness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sessions of clicks: what a user clicks belongs together until 30 minutes pass without a click. A click that comes late
 * updates the session within an hour, also where it joins two of them; what comes later still goes to a side output.
 *
 * <p>Argument: {@code --rate R} clicks a second (default 4), so that time goes on between the clicks.
 */
public final class SessionClicks implements StreamJob {
    record Click(String user, Instant time, String page) {}

    record Session(String user, Instant start, Instant end, long clicks) {}

    static final OutputTag<Click> TOO_LATE = new OutputTag<>("too-late", Click.class);

    /** In the order in which they come: at most 5 minutes out of order, but for the late ones. */
    static final List<Click> CLICKS = List.of(
            click("ann", "09:00", "/"),
            click("bob", "09:05", "/"),
            click("ann", "09:10", "/mills"),
            click("ann", "09:08", "/search"),
            click("bob", "09:20", "/wheels"),
            click("ann", "09:25", "/buy"),
            click("cat", "10:10", "/"), // the watermark is 10:05 from here on: the sessions before are over
            click("bob", "09:40", "/buy"), // late: goes on with a session that was over
            click("ann", "09:30", "/review"), // late: updates a session, which fires again
            click("cat", "10:30", "/mills"),
            click("bob", "12:00", "/"),
            click("ann", "09:12", "/wheels"), // too late
            click("bob", "12:10", "/review"));

    public static void main(String[] args) throws Exception {
        LocalRun.of(SessionClicks.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        GeneratorSource<Click> source = GeneratorSource.of(i -> CLICKS.get((int) i), CLICKS.size(), Click.class)
                .withRate(env.args().getDouble("rate", 4));
        DataStream<Session> sessions = sessions(env, source);
        sessions.map(session -> session.user() + " clicked " + session.clicks() + " times from " + session.start()
                        + " to " + session.end())
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
        sessions.getSideOutput(TOO_LATE)
                .map(click -> "too late: " + click)
                .uid("late-rows")
                .sinkTo(new PrintSink<>())
                .uid("print-late");
    }

    static DataStream<Session> sessions(StreamEnvironment env, Source<Click, ?, ?> source) {
        WatermarkStrategy<Click> times = WatermarkStrategy.<Click>forBoundedOutOfOrderness(Duration.ofMinutes(5))
                .withTimestampAssigner((click, ignored) -> click.time().toEpochMilli());

        return env.fromSource(source, times, "clicks")
                .uid("clicks")
                .setParallelism(1) // one reader, so that the clicks come in the order above
                .returns(Click.class)
                .keyBy(Click::user, String.class)
                .window(EventTimeSessionWindows.withGap(Duration.ofMinutes(30)))
                .late(Lateness.<Click>update(Duration.ofHours(1)).thenToSideOutput(TOO_LATE))
                .<Long, Long, Session>aggregate(
                        new CountAggregate<>(),
                        Long.class,
                        (user, session, counts, out) -> counts.forEach(clicks -> out.collect(new Session(
                                user,
                                Instant.ofEpochMilli(session.window().start()),
                                Instant.ofEpochMilli(session.window().end()),
                                clicks))))
                .name("sessions")
                .uid("sessions")
                .returns(Session.class);
    }

    private static Click click(String user, String time, String page) {
        return new Click(user, Instant.parse("2026-01-05T" + time + ":00Z"), page);
    }
}
