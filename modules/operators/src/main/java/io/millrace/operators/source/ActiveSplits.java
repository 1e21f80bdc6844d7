// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SplitOutput;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.Rethrow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The splits that a reader was given and has not finished, each with its watermark. The lowest is the reader's; a split
 * without a record yet holds it at {@link Timestamps#NONE}.
 */
final class ActiveSplits<T> implements ReaderOutput<T> {
    private final WatermarkStrategy<T> strategy;
    private final @Nullable TimestampAssigner<T> assigner;
    private final Output output;
    private final String operatorName;
    private final Map<String, Split> splits = new LinkedHashMap<>();

    ActiveSplits(WatermarkStrategy<T> strategy, OperatorContext context) {
        this.strategy = strategy;
        this.assigner = strategy.timestampAssigner();
        this.output = context.output();
        this.operatorName = context.operatorName();
    }

    /**
     * @param watermark what a checkpoint says of it, or {@link Timestamps#NONE}
     */
    void add(String splitId, long watermark) {
        splits.put(splitId, new Split(strategy.createGenerator(), watermark));
    }

    @Override
    public SplitOutput<T> forSplit(String splitId) {
        Split split = splits.get(splitId);
        if (split == null) {
            add(splitId, Timestamps.NONE);
            split = splits.get(splitId);
        }
        return split;
    }

    @Override
    public void finishSplit(String splitId) {
        splits.remove(splitId);
    }

    boolean isEmpty() {
        return splits.isEmpty();
    }

    long watermarkOf(String splitId) {
        Split split = splits.get(splitId);
        return split == null ? Timestamps.NONE : split.watermark();
    }

    /** The lowest watermark, or {@link Timestamps#NONE} where there are no splits. */
    long watermark() {
        long lowest = Timestamps.END;
        for (Split split : splits.values()) {
            lowest = Math.min(lowest, split.watermark());
        }
        return splits.isEmpty() ? Timestamps.NONE : lowest;
    }

    private final class Split implements SplitOutput<T> {
        private final WatermarkGenerator<T> generator;
        private long watermark;

        private Split(WatermarkGenerator<T> generator, long watermark) {
            this.generator = generator;
            this.watermark = watermark;
        }

        private long watermark() {
            // A generator may say Long.MAX_VALUE, but only the end of the input may mean it.
            watermark = Math.max(watermark, Math.min(generator.currentWatermark(), Timestamps.END - 1));
            return watermark;
        }

        @Override
        public void collect(T record) {
            collect(record, Timestamps.NONE);
        }

        @Override
        public void collect(T record, long timestamp) {
            if (record == null) {
                throw new NullPointerException(
                        "The reader of source '" + operatorName + "' emitted null; a record is never null.");
            }
            long assigned = assigner == null ? timestamp : assigner.extractTimestamp(record, timestamp);
            generator.onRecord(record, assigned);
            try {
                output.emit(record, assigned);
            } catch (Exception e) {
                throw Rethrow.unchecked(e);
            }
        }
    }
}
