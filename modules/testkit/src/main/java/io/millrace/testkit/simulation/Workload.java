// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamJob;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job that a simulation runs, what its sources hold, and what its sinks must hold in the end. Confined to one. */
public interface Workload {
    /** The job; its definition finds the workload by {@link SimulatedIo#of}. */
    Class<? extends StreamJob> jobClass();

    /** The number of splits of a source. */
    int splitsOf(int source);

    /** What a split holds, in order. */
    List<Timed> recordsOf(int source, int split);

    /**
     * Compares what the job has written with what it should have.
     *
     * @param committed the committed records of the sink with a label
     * @return what is wrong, or null
     */
    @Nullable
    String wrongOutput(Function<String, List<String>> committed);
}
