// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Stable;

/**
 * Derives watermarks from the timestamps of one split or stream. One instance a split, confined to its subtask.
 *
 * <p>A watermark w promises that no record with a timestamp of w or less will follow.
 */
@Stable
public interface WatermarkGenerator<T> {
    /** Called for every record, after its timestamp was assigned. Must be cheap. */
    void onRecord(T record, long timestamp);

    /**
     * Called every interval of {@link WatermarkStrategy#forPeriodicGenerator}, also when no record comes: a place to let
     * the watermark follow the clock.
     *
     * @param processingTimeMs what the engine's clock says, milliseconds since the epoch; do not ask another
     */
    default void onPeriod(long processingTimeMs) {}

    /**
     * The watermark now, or {@link Timestamps#NONE}; asked once a batch, and after {@link #onPeriod}. The engine never
     * lets it go back.
     */
    long currentWatermark();
}
