// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.SnapshotPart;
import io.millrace.serialization.ByteWriter;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Assigns timestamps and makes watermarks in the middle of a dataflow. Watermarks from before end here, but for the
 * last one. The watermark is checkpointed, so that it does not go back; the generator is not.
 */
final class WatermarkOperator extends Operator {
    private static final String PART = "watermark";

    private final @Nullable TimestampAssigner<Object> assigner;
    private final WatermarkGenerator<Object> generator;
    private Output output;
    private long emitted = Timestamps.NONE;

    WatermarkOperator(WatermarkStrategy<Object> strategy) {
        this.assigner = strategy.timestampAssigner();
        this.generator = strategy.createGenerator();
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        output = operatorContext.output();
        Long restored = SnapshotPart.restoreLong(operatorContext, PART);
        if (restored != null) {
            emitted = restored;
        }
    }

    /** Tells the operators after this one what they knew at the checkpoint. */
    @Override
    public void start() throws Exception {
        if (emitted > Timestamps.NONE) {
            output.emitWatermark(emitted);
        }
    }

    @Override
    public RecordProcessor processor() {
        return context()
                .specialiser()
                .create(
                        MethodHandles.lookup(),
                        RecordProcessor.class,
                        TimestampProcessor.class,
                        assigner,
                        generator,
                        context().output());
    }

    @Override
    public void endOfBatch() throws Exception {
        // A generator may say Long.MAX_VALUE, but only the end of the input may mean it.
        long watermark = Math.min(generator.currentWatermark(), Timestamps.END - 1);
        if (watermark > emitted) {
            emitted = watermark;
            output.emitWatermark(watermark);
        }
    }

    @Override
    public long outputWatermark(long watermark) {
        return watermark == Timestamps.END ? watermark : emitted;
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) {
        ByteWriter out = SnapshotPart.begin();
        out.writeLong(emitted);
        return SnapshotPart.single(PART, out);
    }
}
