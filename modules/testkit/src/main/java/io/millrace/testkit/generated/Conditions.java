// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.testkit.simulation.FaultRates;
import io.millrace.testkit.simulation.Simulated;
import io.millrace.testkit.simulation.Tuning;
import io.millrace.testkit.simulation.Workload;

/** How a case is run; see {@link Simulated}. */
record Conditions(int parallelism, boolean specialised, FaultRates faults, long faultsEndMs, Tuning tuning) {
    Simulated running(Workload workload) {
        return new Simulated(workload, parallelism, specialised, faults, faultsEndMs, tuning);
    }
}
