// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamJob;
import java.util.List;

/** The jobs that simulations run. */
enum SimulatedJob {
    /** Source, map, keyBy, tumbling window, sink. */
    WINDOW(WindowJob.class, 1, List.of("windows")),
    /** Source, keyBy, process with state and timers, sink. */
    PROCESS(ProcessJob.class, 1, List.of("process")),
    /** Two sources, union, flat map, rebalance, map, sink; with a side output into another sink. */
    UNION(UnionJob.class, 2, List.of("main", "side")),
    /** Source, maps behind every partitioning, windows, sink; with a broadcast into another sink. */
    SPREAD(SpreadJob.class, 1, List.of("windows", "copies"));

    /** Those that a seed picks from; fixed, so that a seed stays what it was. */
    static final List<SimulatedJob> PICKED = List.of(WINDOW, PROCESS, UNION);

    private final Class<? extends StreamJob> jobClass;
    private final int sources;
    private final List<String> sinks;

    SimulatedJob(Class<? extends StreamJob> jobClass, int sources, List<String> sinks) {
        this.jobClass = jobClass;
        this.sources = sources;
        this.sinks = sinks;
    }

    Class<? extends StreamJob> jobClass() {
        return jobClass;
    }

    int sources() {
        return sources;
    }

    /** Labels of its sinks. */
    List<String> sinks() {
        return sinks;
    }
}
