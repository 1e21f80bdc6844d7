// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.Sink;

/** {@link FlightDelays}, whose results also feed the {@link LiveBoard} of the job's name in each process. */
public final class FlightDelaysDemo implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        Sink<HourlyDelays> board = context -> {
            LiveBoard live = LiveBoard.of(context.jobName());
            return (row, timestamp) -> live.update(row);
        };
        FlightDelays.hourlyDelays(env).sinkTo(board).name("live board").uid("live-board");
    }
}
