// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.Rethrow;
import org.jspecify.annotations.Nullable;

/** The per-record part of a split, specialised for each source. */
final class EmittingSplit extends ActiveSplit<Object> {
    private final WatermarkGenerator<Object> generator;
    private final @Nullable TimestampAssigner<Object> assigner;
    private final OperatorContext context;
    private final Output output;

    EmittingSplit(WatermarkStrategy<Object> strategy, OperatorContext context, Long watermark, Boolean idle) {
        super(strategy.createGenerator(), watermark, idle);
        this.generator = generator();
        this.assigner = strategy.timestampAssigner();
        this.context = context;
        this.output = context.output();
    }

    @Override
    public void collect(Object record) {
        collect(record, Timestamps.NONE);
    }

    @Override
    public void collect(@Nullable Object record, long timestamp) {
        if (record == null) {
            throw new NullPointerException(
                    "The reader of source '" + context.operatorName() + "' emitted null; a record is never null.");
        }
        long assigned = assigner == null ? timestamp : assigner.extractTimestamp(record, timestamp);
        emitted++;
        generator.onRecord(record, assigned);
        try {
            output.emit(record, assigned);
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
    }
}
