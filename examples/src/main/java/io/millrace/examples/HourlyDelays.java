// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The departures of one origin in one hour.
 *
 * @param windowStartMs begin of the hour, as event time
 * @param origin airport code
 * @param departures how many, at least 1
 * @param delayed how many of them left 15 minutes late or later
 * @param totalDelay sum of their delays in minutes
 * @param maxDelay highest delay in minutes
 */
public record HourlyDelays(
        long windowStartMs, String origin, long departures, long delayed, long totalDelay, long maxDelay) {
    private static final int MEAN_DECIMALS = 2;

    static HourlyDelays of(long windowStartMs, String origin, DelayTotals totals) {
        return new HourlyDelays(
                windowStartMs, origin, totals.departures(), totals.delayed(), totals.totalDelay(), totals.maxDelay());
    }

    /** Begin of the hour, local time at the origin. */
    public LocalDateTime windowStart() {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(windowStartMs, 1000L), 0, ZoneOffset.UTC);
    }

    /** Mean delay in minutes to two decimals, half up; exact before it is rounded. */
    public BigDecimal meanDelay() {
        return BigDecimal.valueOf(totalDelay)
                .divide(BigDecimal.valueOf(departures), MEAN_DECIMALS, RoundingMode.HALF_UP);
    }

    /** {@code window_start,origin,departures,delayed,mean_delay,max_delay}. */
    String toCsv() {
        return windowStart() + "," + origin + "," + departures + "," + delayed + ","
                + meanDelay().toPlainString() + "," + maxDelay;
    }
}
