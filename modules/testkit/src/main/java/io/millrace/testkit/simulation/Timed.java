// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/** A record of a simulated source with its event time. */
public record Timed(Object value, long timestamp) {}
