// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;

/** Takes the clock for the watermark. */
public final class ClockGenerator implements WatermarkGenerator<Long> {
    private long watermark = Timestamps.NONE;

    @Override
    public void onRecord(Long record, long timestamp) {}

    @Override
    public void onPeriod(long processingTimeMs) {
        watermark = processingTimeMs;
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }
}
