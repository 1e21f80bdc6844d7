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

    /** The watermark now, or {@link Timestamps#NONE}; asked once a batch. The engine never lets it go back. */
    long currentWatermark();
}
