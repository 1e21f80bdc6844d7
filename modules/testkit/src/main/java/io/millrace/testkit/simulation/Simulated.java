// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * What is to be simulated.
 *
 * @param scenario how the job runs, and what goes wrong
 * @param workload the job
 */
public record Simulated(Scenario scenario, Workload workload) {}
