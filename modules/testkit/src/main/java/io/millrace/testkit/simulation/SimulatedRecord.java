// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * What simulated sources read.
 *
 * @param id unique in the simulation
 * @param timestamp event time, milliseconds
 */
public record SimulatedRecord(long id, String key, long value, long timestamp) {}
