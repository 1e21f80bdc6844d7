// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;

/** A job of the command's tests: registered as a service, with an argument it needs. */
public final class Doubling implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        env.args().require("count");
        env.fromElements(1, 2, 3)
                .keyBy(number -> number, Integer.class)
                .map(number -> number * 2)
                .name("doubled")
                .sinkTo(new DiscardSink<>("doubling"));
    }
}
