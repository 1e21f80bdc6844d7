// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.IdleTimer;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.Output;
import io.millrace.operators.QuietTime;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.SnapshotPart;
import io.millrace.serialization.ByteWriter;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Assigns timestamps and makes watermarks in the middle of a dataflow. Watermarks from before end here, but for the
 * last one. Where the input is idle no record is to be expected, so the operator is idle as well, and otherwise when its
 * own timeout says so. The watermark is checkpointed, so that it does not go back, and whether it is idle; the generator
 * is not.
 */
final class WatermarkOperator extends Operator {
    private static final String PART = "watermark";
    private static final String IDLE = "idle";

    private final WatermarkStrategy<Object> strategy;
    private final @Nullable TimestampAssigner<Object> assigner;
    private final WatermarkGenerator<Object> generator;
    private Output output;
    private TimestampedRecords records;
    private QuietTime quiet = new QuietTime(false);
    private long emitted = Timestamps.NONE;

    WatermarkOperator(WatermarkStrategy<Object> strategy) {
        this.strategy = strategy;
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
        Long restoredIdle = SnapshotPart.restoreLong(operatorContext, IDLE);
        quiet = new QuietTime(restoredIdle != null && restoredIdle != 0);
    }

    /** Tells the operators after this one what they knew at the checkpoint. */
    @Override
    public void start() throws Exception {
        if (emitted > Timestamps.NONE) {
            output.emitWatermark(emitted);
        }
        if (strategy.idleTimeout() != null) {
            IdleTimer.start(context(), strategy.idleTimeout(), this::passTime);
        }
        if (strategy.generatorInterval() != null) {
            schedulePeriod(strategy.generatorInterval());
        }
    }

    @Override
    public RecordProcessor processor() {
        records = context()
                .specialiser()
                .create(
                        MethodHandles.lookup(),
                        TimestampedRecords.class,
                        TimestampProcessor.class,
                        assigner,
                        generator,
                        context().output());
        return records;
    }

    /** Time in which the receivers had no room does not count: records may be waiting. */
    private void passTime(long elapsedMs, long timeoutMs) throws Exception {
        boolean before = quiet.isIdle();
        if (!output.isFull()) {
            quiet.pass(records.seen, elapsedMs, timeoutMs);
        }
        if (quiet.isIdle() != before) {
            output.idlenessChanged();
        }
    }

    private void schedulePeriod(Duration interval) {
        context().schedule(interval, () -> {
            generator.onPeriod(context().clock().millis());
            emitWatermark();
            schedulePeriod(interval);
        });
    }

    @Override
    public void endOfBatch() throws Exception {
        if (quiet.isIdle()) {
            quiet.wake(records.seen);
            if (!quiet.isIdle()) {
                output.idlenessChanged();
            }
        }
        emitWatermark();
    }

    private void emitWatermark() throws Exception {
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
    public boolean outputIdle(boolean inputIdle) {
        return inputIdle || quiet.isIdle();
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) {
        return new OperatorSnapshot(null, Map.of(PART, part(emitted), IDLE, part(quiet.isIdle() ? 1 : 0)));
    }

    private static CompletionStage<byte[]> part(long value) {
        ByteWriter out = SnapshotPart.begin();
        out.writeLong(value);
        return CompletableFuture.completedFuture(out.toByteArray());
    }
}
