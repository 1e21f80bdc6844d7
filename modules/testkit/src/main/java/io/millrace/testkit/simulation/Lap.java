// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * What goes round in simulated loops.
 *
 * @param id what it came from
 * @param value how far it has to go; what it means is the workload's business
 * @param laps how often it has gone round
 * @param born true where a timer in the loop made it
 */
public record Lap(long id, long value, int laps, boolean born) {
    static final int LANES = 5;

    /** The key; another one every lap. */
    int lane() {
        return (int) Math.floorMod(id * 31 + laps, (long) LANES);
    }
}
