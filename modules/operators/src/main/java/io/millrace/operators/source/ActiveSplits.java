// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SplitOutput;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.OperatorContext;
import io.millrace.specialisation.Specialiser;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The splits that a reader was given and has not finished, each with its watermark. The lowest is the reader's; a split
 * without a record yet holds it at {@link Timestamps#NONE}.
 */
final class ActiveSplits<T> implements ReaderOutput<T> {
    private final WatermarkStrategy<T> strategy;
    private final OperatorContext context;
    private final Specialiser specialiser;
    private final Map<String, ActiveSplit<T>> splits = new LinkedHashMap<>();
    private long emittedByFinished;

    ActiveSplits(WatermarkStrategy<T> strategy, OperatorContext context) {
        this.strategy = strategy;
        this.context = context;
        this.specialiser = context.specialiser().at("split");
    }

    /**
     * @param watermark what a checkpoint says of it, or {@link Timestamps#NONE}
     */
    void add(String splitId, long watermark) {
        splits.put(splitId, create(watermark));
    }

    @SuppressWarnings("unchecked") // a split's output takes what the source's reader gives
    private ActiveSplit<T> create(long watermark) {
        return specialiser.create(
                MethodHandles.lookup(), ActiveSplit.class, EmittingSplit.class, strategy, context, watermark);
    }

    @Override
    public SplitOutput<T> forSplit(String splitId) {
        ActiveSplit<T> split = splits.get(splitId);
        if (split == null) {
            add(splitId, Timestamps.NONE);
            split = splits.get(splitId);
        }
        return split;
    }

    @Override
    public void finishSplit(String splitId) {
        ActiveSplit<T> finished = splits.remove(splitId);
        if (finished != null) {
            emittedByFinished += finished.emitted;
        }
    }

    /** Records that all splits have emitted. */
    long emitted() {
        long emitted = emittedByFinished;
        for (ActiveSplit<T> split : splits.values()) {
            emitted += split.emitted;
        }
        return emitted;
    }

    boolean isEmpty() {
        return splits.isEmpty();
    }

    long watermarkOf(String splitId) {
        ActiveSplit<T> split = splits.get(splitId);
        return split == null ? Timestamps.NONE : split.watermark();
    }

    /** The lowest watermark, or {@link Timestamps#NONE} where there are no splits. */
    long watermark() {
        long lowest = Timestamps.END;
        for (ActiveSplit<T> split : splits.values()) {
            lowest = Math.min(lowest, split.watermark());
        }
        return splits.isEmpty() ? Timestamps.NONE : lowest;
    }
}
