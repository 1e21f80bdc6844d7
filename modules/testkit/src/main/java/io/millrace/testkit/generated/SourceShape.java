// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.time.WatermarkStrategy;
import io.millrace.testkit.simulation.Timed;
import java.time.Duration;
import java.util.List;

/**
 * A source of a generated job.
 *
 * @param splits what they hold, in order; some are empty
 * @param boundMs disorder that its watermarks allow; negative for none before the end
 */
record SourceShape(List<List<Timed>> splits, long boundMs) {
    WatermarkStrategy<Item> watermarks() {
        if (boundMs < 0) {
            return WatermarkStrategy.noWatermarks();
        }
        return boundMs == 0
                ? WatermarkStrategy.forMonotonousTimestamps()
                : WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(boundMs));
    }

    int records() {
        return splits.stream().mapToInt(List::size).sum();
    }
}
