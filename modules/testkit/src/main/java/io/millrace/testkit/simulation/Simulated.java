// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * A workload that is to be simulated, and how.
 *
 * @param parallelism of the job
 * @param specialised whether chains run classes of their own
 * @param faults what goes wrong
 * @param faultsEndMs virtual time from which on nothing goes wrong any more
 */
public record Simulated(
        Workload workload, int parallelism, boolean specialised, FaultRates faults, long faultsEndMs, Tuning tuning) {}
