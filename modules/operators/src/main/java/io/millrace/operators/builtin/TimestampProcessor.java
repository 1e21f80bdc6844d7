// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.operators.Output;
import org.jspecify.annotations.Nullable;

/** Assigns timestamps, and shows records to the watermark generator. */
final class TimestampProcessor extends TimestampedRecords {
    private final @Nullable TimestampAssigner<Object> assigner;
    private final WatermarkGenerator<Object> generator;
    private final Output output;

    TimestampProcessor(
            @Nullable TimestampAssigner<Object> assigner, WatermarkGenerator<Object> generator, Output output) {
        this.assigner = assigner;
        this.generator = generator;
        this.output = output;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        long assigned = assigner == null ? timestamp : assigner.extractTimestamp(record, timestamp);
        seen++;
        generator.onRecord(record, assigned);
        output.emit(record, assigned);
    }
}
