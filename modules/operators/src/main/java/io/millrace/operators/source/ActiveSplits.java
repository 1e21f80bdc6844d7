// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SplitOutput;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.QuietTime;
import io.millrace.specialisation.Specialiser;
import java.lang.invoke.MethodHandles;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The splits that a reader was given and has not finished, each with its watermark and whether it is idle. The lowest
 * watermark of those that are not idle is the reader's; a split without a record yet holds it at
 * {@link Timestamps#NONE}. Where all are idle nobody holds it, and it is the highest that any split has reached.
 */
final class ActiveSplits<T> implements ReaderOutput<T> {
    private final WatermarkStrategy<T> strategy;
    private final OperatorContext context;
    private final Specialiser specialiser;
    private final Map<String, ActiveSplit<T>> splits = new LinkedHashMap<>();
    /** While there is no split at all. */
    private QuietTime noSplit = new QuietTime(false);

    private long emittedByFinished;
    private long reachedByFinished = Timestamps.NONE;

    ActiveSplits(WatermarkStrategy<T> strategy, OperatorContext context) {
        this.strategy = strategy;
        this.context = context;
        this.specialiser = context.specialiser().at("split");
    }

    /** A split that nothing is known of yet. */
    void add(String splitId) {
        add(splitId, Timestamps.NONE, false);
    }

    /** A split with what a checkpoint says of it. */
    void add(String splitId, long watermark, boolean idle) {
        splits.put(splitId, create(watermark, idle));
    }

    @SuppressWarnings("unchecked") // a split's output takes what the source's reader gives
    private ActiveSplit<T> create(long watermark, boolean idle) {
        return specialiser.create(
                MethodHandles.lookup(), ActiveSplit.class, EmittingSplit.class, strategy, context, watermark, idle);
    }

    @Override
    public SplitOutput<T> forSplit(String splitId) {
        ActiveSplit<T> split = splits.get(splitId);
        if (split == null) {
            add(splitId);
            split = splits.get(splitId);
        }
        return split;
    }

    @Override
    public void finishSplit(String splitId) {
        ActiveSplit<T> finished = splits.remove(splitId);
        if (finished != null) {
            emittedByFinished += finished.emitted;
            reachedByFinished = Math.max(reachedByFinished, finished.watermark());
            noSplit.reset(0);
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

    Map<String, ActiveSplit<T>> byId() {
        return splits;
    }

    Collection<ActiveSplit<T>> all() {
        return splits.values();
    }

    long watermarkOf(String splitId) {
        ActiveSplit<T> split = splits.get(splitId);
        return split == null ? Timestamps.NONE : split.watermark();
    }

    boolean isIdle(String splitId) {
        ActiveSplit<T> split = splits.get(splitId);
        return split != null && split.quiet().isIdle();
    }

    /** The lowest watermark of splits that are not idle, or {@link Timestamps#END} where there are none. */
    long lowestActive() {
        long lowest = Timestamps.END;
        for (ActiveSplit<T> split : splits.values()) {
            if (!split.quiet().isIdle()) {
                lowest = Math.min(lowest, split.watermark());
            }
        }
        return lowest;
    }

    /** The reader's watermark, or {@link Timestamps#NONE} where there are no splits. */
    long watermark() {
        if (splits.isEmpty()) {
            return Timestamps.NONE;
        }
        if (!isIdle()) {
            return lowestActive();
        }
        long highest = reachedByFinished;
        for (ActiveSplit<T> split : splits.values()) {
            highest = Math.max(highest, split.watermark());
        }
        return highest;
    }

    /** The highest watermark of a split that is finished, for a checkpoint. */
    long reachedByFinished() {
        return reachedByFinished;
    }

    /** What a checkpoint says of the reader as a whole; its splits are added one by one. */
    void restore(boolean idle, long watermark) {
        noSplit = new QuietTime(idle);
        reachedByFinished = watermark;
    }

    // --- idleness

    /** True when no split holds the watermark back: all are idle, or there has been none for long. */
    boolean isIdle() {
        for (ActiveSplit<T> split : splits.values()) {
            if (!split.quiet().isIdle()) {
                return false;
            }
        }
        return !splits.isEmpty() || noSplit.isIdle();
    }

    /** Time has passed in which the reader was asked for records. */
    void passTime(long elapsedMs, long timeoutMs) {
        for (ActiveSplit<T> split : splits.values()) {
            if (split.paused) {
                split.quiet().reset(split.emitted);
            } else {
                split.quiet().pass(split.emitted, elapsedMs, timeoutMs);
            }
        }
        if (splits.isEmpty()) {
            noSplit.pass(0, elapsedMs, timeoutMs);
        }
    }

    /** The reader has been polled: splits with new records are not idle any more. */
    void wake() {
        for (ActiveSplit<T> split : splits.values()) {
            if (split.quiet().isIdle()) {
                split.quiet().wake(split.emitted);
            }
        }
    }

    /** Tells periodic generators the time. */
    void onPeriod(long nowMs) {
        for (ActiveSplit<T> split : splits.values()) {
            split.generator().onPeriod(nowMs);
        }
    }
}
