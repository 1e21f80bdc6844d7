// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Stable;
import java.time.Duration;

/**
 * How sources wait for each other: see {@link WatermarkStrategy#withWatermarkAlignment(String, Duration, Duration)}.
 *
 * @param group name of the group of sources, within the job
 * @param maxDrift how far a split may be ahead of the lowest of the group, of event time
 * @param updateInterval how often sources tell where they are, of processing time
 */
@Stable
public record WatermarkAlignment(String group, Duration maxDrift, Duration updateInterval) {
    public WatermarkAlignment {
        if (group.isBlank()) {
            throw new IllegalArgumentException("A group of aligned sources needs a name.");
        }
        if (maxDrift.isNegative()) {
            throw new IllegalArgumentException("The drift of aligned sources cannot be negative: " + maxDrift);
        }
        Milliseconds.of("The drift of aligned sources", maxDrift);
        Milliseconds.ofPositive("The interval between updates of aligned sources", updateInterval);
    }

    /** The highest watermark that may still be read while {@code lowest} is the group's; saturates. */
    public long limit(long lowest) {
        if (lowest == Timestamps.NONE) {
            return Timestamps.NONE;
        }
        long drift = maxDrift.toMillis();
        return lowest > Timestamps.END - drift ? Timestamps.END : lowest + drift;
    }

    /** A few words for plans. */
    @Override
    public String toString() {
        return "aligned in '" + group + "' within " + maxDrift + " every " + updateInterval;
    }
}
