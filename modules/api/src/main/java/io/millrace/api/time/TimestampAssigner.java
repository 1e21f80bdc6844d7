// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Stable;

/** Takes the event time from a record. */
@Stable
@FunctionalInterface
public interface TimestampAssigner<T> {
    /**
     * @param record the record
     * @param sourceTimestamp the timestamp that the source gave it, or {@link Timestamps#NONE}
     * @return milliseconds since the epoch
     */
    long extractTimestamp(T record, long sourceTimestamp);
}
