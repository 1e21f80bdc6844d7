// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.JobArguments;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.BoundedSource;
import java.util.Objects;

/** What the definition of a job finds in the simulation that runs it. */
public final class SimulatedIo {
    private final SimulatedWorld world;

    private SimulatedIo(SimulatedWorld world) {
        this.world = world;
    }

    /** That of the simulation which gave the job these arguments. */
    public static SimulatedIo of(JobArguments args) {
        return new SimulatedIo(SimulatedWorld.of(args));
    }

    /** The workload that is simulated. */
    public Workload workload() {
        return Objects.requireNonNull(world.workload());
    }

    /** A source of the workload, read at a pace that chance decides. */
    public <T> BoundedSource<T, ?, ?> source(int number, Class<T> type) {
        return new SimulatedSource<>(world, number, type);
    }

    /** A sink whose records the workload gets to see in the end. */
    public Sink<String> sink(String label) {
        return new SimulatedSink(world, label);
    }

    /** To be called by user code: now and then it is slow, or throws. */
    public void userCode() {
        world.faults().userCode();
    }
}
