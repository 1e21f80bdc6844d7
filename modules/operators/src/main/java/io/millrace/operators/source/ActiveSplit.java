// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.SplitOutput;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;

/** A split that is being read, with its watermark. */
abstract class ActiveSplit<T> implements SplitOutput<T> {
    private final WatermarkGenerator<T> generator;
    private long watermark;
    /** Records emitted; counted by the subclass. */
    long emitted;

    ActiveSplit(WatermarkGenerator<T> generator, long watermark) {
        this.generator = generator;
        this.watermark = watermark;
    }

    final long watermark() {
        // A generator may say Long.MAX_VALUE, but only the end of the input may mean it.
        watermark = Math.max(watermark, Math.min(generator.currentWatermark(), Timestamps.END - 1));
        return watermark;
    }

    final WatermarkGenerator<T> generator() {
        return generator;
    }
}
