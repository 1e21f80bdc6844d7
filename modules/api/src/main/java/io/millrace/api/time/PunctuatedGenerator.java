// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Stable;

/**
 * Says which watermark a record brings with it. One instance serves all splits of a subtask, so it keeps nothing from one
 * record to the next; a {@link WatermarkGenerator} may.
 */
@Stable
@FunctionalInterface
public interface PunctuatedGenerator<T> {
    /**
     * Called for every record, after its timestamp was assigned. Must be cheap. The engine keeps the highest watermark,
     * and tells it at the end of the batch that the record came in at the latest: later than it was known is always
     * right.
     *
     * @return the watermark that holds after the record, or {@link Timestamps#NONE} for most records
     */
    long watermarkAfter(T record, long timestamp);
}
