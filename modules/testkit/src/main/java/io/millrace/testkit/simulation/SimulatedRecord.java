// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * What simulated sources read.
 *
 * @param id unique in the simulation
 * @param key its key; {@link #LATE_KEY} where some records may come too late
 * @param value below {@link #FIRST_LATE_VALUE}, unless the record may come too late
 * @param timestamp event time, milliseconds
 */
public record SimulatedRecord(long id, String key, long value, long timestamp) {
    static final String LATE_KEY = "late";
    static final int FIRST_LATE_VALUE = 1_000;

    /** Whether it counts depends on when it comes. */
    boolean mayBeLate() {
        return value >= FIRST_LATE_VALUE;
    }
}
