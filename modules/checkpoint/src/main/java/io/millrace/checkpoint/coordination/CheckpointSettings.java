// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

/**
 * How a job is checkpointed. All times in milliseconds, at most {@link #MAX_DURATION_MS}.
 *
 * @param intervalMs from one trigger to the next, or {@link #NOT_PERIODIC}
 * @param timeoutMs how long a checkpoint may take before it is aborted; at least 1
 * @param minPauseMs least time from the end of one checkpoint to the next periodic trigger; 0 for none
 * @param tolerableFailures how many checkpoints in a row may fail before the job does; 0 to fail with the first
 * @param retained how many completed checkpoints are kept; at least 1
 */
public record CheckpointSettings(
        long intervalMs, long timeoutMs, long minPauseMs, int tolerableFailures, int retained) {
    /** As the interval: checkpoints are taken on demand only. */
    public static final long NOT_PERIODIC = 0;

    /** Ten years: anything longer is a unit mixed up. */
    public static final long MAX_DURATION_MS = 3650L * 24 * 60 * 60 * 1000;

    public CheckpointSettings {
        requireRange("checkpointing.interval", NOT_PERIODIC, MAX_DURATION_MS, intervalMs);
        requireRange("checkpointing.timeout", 1, MAX_DURATION_MS, timeoutMs);
        requireRange("checkpointing.min-pause", 0, MAX_DURATION_MS, minPauseMs);
        requireRange("checkpointing.tolerable-failures", 0, Integer.MAX_VALUE, tolerableFailures);
        requireRange("checkpointing.retain", 1, Integer.MAX_VALUE, retained);
    }

    private static void requireRange(String key, long min, long max, long value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "millrace." + key + ": expected " + min + " to " + max + ", found " + value);
        }
    }
}
