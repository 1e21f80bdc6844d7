// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.examples.SessionClicks.Click;
import io.millrace.examples.SessionClicks.Session;
import io.millrace.testkit.CollectSink;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ExampleNode.class)
class SessionClicksTest {
    private static final String SESSIONS = "session-clicks";
    private static final String TOO_LATE = "session-clicks-too-late";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Session> sessions = SessionClicks.sessions(env, new OneAtATime<>(SessionClicks.CLICKS));
            sessions.sinkTo(new CollectSink<>(SESSIONS)).uid("collect");
            sessions.getSideOutput(SessionClicks.TOO_LATE)
                    .sinkTo(new CollectSink<>(TOO_LATE))
                    .uid("collect-late");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(SESSIONS);
        CollectSink.forget(TOO_LATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lateClicksUpdateSessionsOrGoToTheSide(int parallelism, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, 512);

        assertThat(CollectSink.<Session>committed(SESSIONS))
                .containsExactlyInAnyOrder(
                        session("ann", "09:00", "09:55", 4),
                        session("bob", "09:05", "09:50", 2),
                        session("ann", "09:00", "10:00", 5),
                        session("bob", "09:05", "10:10", 3),
                        session("cat", "10:10", "11:00", 2),
                        session("bob", "12:00", "12:40", 2));
        assertThat(CollectSink.<Click>committed(TOO_LATE)).containsExactly(new Click("ann", at("09:12"), "/wheels"));
    }

    private static Session session(String user, String start, String end, long clicks) {
        return new Session(user, at(start), at(end), clicks);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + ":00Z");
    }
}
