// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.testkit.simulation.SimulatedIo;

/** The job of the case that is simulated. */
public final class GeneratedJob implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        SimulatedIo io = SimulatedIo.of(env.args());
        CaseShape shape = ((GeneratedCase) io.workload()).shape();
        shape.define(
                env,
                new CaseShape.Surroundings(
                        number -> io.source(number, Item.class),
                        io::sink,
                        io::userCode,
                        ((GeneratedCase) io.workload()).slip()));
    }
}
