// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

/**
 * When a job that failed is started again.
 *
 * @param type the strategy
 * @param initialDelayMs first delay, and the fixed one
 * @param maxDelayMs longest delay of {@link Type#EXPONENTIAL_DELAY}
 * @param multiplier by which the delay grows with each failure
 * @param resetAfterMs a job that ran this long without a failure, and completed a checkpoint meanwhile, begins with the
 *     initial delay again
 * @param attempts failures that are tolerated: in a row for {@link Type#FIXED_DELAY}, within the interval for
 *     {@link Type#FAILURE_RATE}
 * @param rateIntervalMs the interval of {@link Type#FAILURE_RATE}
 */
public record RestartSettings(
        Type type,
        long initialDelayMs,
        long maxDelayMs,
        double multiplier,
        long resetAfterMs,
        int attempts,
        long rateIntervalMs) {
    /** As in the configuration. */
    public enum Type {
        EXPONENTIAL_DELAY,
        FIXED_DELAY,
        FAILURE_RATE,
        NONE
    }

    /** The first failure ends the job. */
    public static RestartSettings none() {
        return new RestartSettings(Type.NONE, 0, 0, 1, 0, 0, 0);
    }

    public static RestartSettings fixedDelay(int attempts, long delayMs) {
        return new RestartSettings(Type.FIXED_DELAY, delayMs, delayMs, 1, Long.MAX_VALUE, attempts, 0);
    }

    public static RestartSettings exponentialDelay(long initialMs, long maxMs, double multiplier, long resetAfterMs) {
        return new RestartSettings(Type.EXPONENTIAL_DELAY, initialMs, maxMs, multiplier, resetAfterMs, 0, 0);
    }
}
