// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import io.millrace.loadtests.nexmark.events.EventStream;
import io.millrace.loadtests.nexmark.loops.Loop;
import io.millrace.loadtests.nexmark.results.Measurement;
import io.millrace.loadtests.nexmark.results.Tally;

/** Runs the loop that a person would write, on the calling thread. */
final class LoopEngine implements Engine {
    @Override
    public RunResult run(RunSpec spec) {
        EventStream events = EventStream.of(spec.seed(), spec.eventsPerSecond());
        Loop loop = spec.query().loop();
        String label = "loop-" + spec.query() + "-" + spec.job();
        Measurement measurement = Measurement.of(label);
        try {
            Measurement.warmUp();
            long submittedNs = System.nanoTime();
            measurement.begin();
            Tally tally = new Tally();
            loop.run(events.first(spec.events()), tally);
            measurement.add(tally);
            return RunResult.of(EngineName.LOOP, spec, 1, 0, measurement, submittedNs, Measurement.Moment.now());
        } finally {
            Measurement.forget(label);
        }
    }

    @Override
    public void close() {}
}
