// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;

/** Says what another generator says, and every now and then something lower: the engine must not follow it back. */
final class ErraticGenerator implements WatermarkGenerator<SimulatedRecord> {
    private final WatermarkGenerator<SimulatedRecord> generator;
    private int asked;

    ErraticGenerator(WatermarkGenerator<SimulatedRecord> generator) {
        this.generator = generator;
    }

    @Override
    public void onRecord(SimulatedRecord record, long timestamp) {
        generator.onRecord(record, timestamp);
    }

    @Override
    public long currentWatermark() {
        long watermark = generator.currentWatermark();
        asked++;
        return asked % 3 == 0 || watermark == Timestamps.NONE
                ? Timestamps.NONE
                : asked % 5 == 0 ? watermark - 50 : watermark;
    }
}
