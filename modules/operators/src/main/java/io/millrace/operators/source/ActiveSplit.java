// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.SplitOutput;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.operators.QuietTime;

/** A split that is being read, with its watermark. */
abstract class ActiveSplit<T> implements SplitOutput<T> {
    private final WatermarkGenerator<T> generator;
    private final QuietTime quiet;
    private long watermark;
    /** Too far ahead of the sources that it is aligned with. */
    boolean paused;
    /** Records emitted; counted by the subclass. */
    long emitted;

    ActiveSplit(WatermarkGenerator<T> generator, long watermark, boolean idle) {
        this.generator = generator;
        this.watermark = watermark;
        this.quiet = new QuietTime(idle);
    }

    final long watermark() {
        // A generator may say Long.MAX_VALUE, but only the end of the input may mean it.
        watermark = Math.max(watermark, Math.min(generator.currentWatermark(), Timestamps.END - 1));
        return watermark;
    }

    final WatermarkGenerator<T> generator() {
        return generator;
    }

    final QuietTime quiet() {
        return quiet;
    }
}
