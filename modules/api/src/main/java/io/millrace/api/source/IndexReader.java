// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Reads index splits in turn, a record an index, at a bounded rate. */
final class IndexReader<T> implements SourceReader<T, IndexSplit> {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final SourceReaderContext context;
    private final LongFunction<T> generator;
    private final double recordsPerSecond;
    private final Deque<Cursor> splits = new ArrayDeque<>();
    private boolean noMoreSplits;
    private long startMs;
    private long emitted;
    private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

    IndexReader(SourceReaderContext context, LongFunction<T> generator, double recordsPerSecond) {
        this.context = context;
        this.generator = generator;
        this.recordsPerSecond = recordsPerSecond;
    }

    @Override
    public void start() {
        startMs = context.clock().millis();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output, int maxRecords) {
        Cursor cursor = nextToRead();
        if (cursor == null) {
            return noMoreSplits && splits.isEmpty() ? InputStatus.END_OF_INPUT : waitForSplit();
        }
        // Not position + allowed, which passes the last index of all.
        long left = cursor.split.end() - cursor.position;
        long count = Math.min(left, Math.min(maxRecords, allowedNow()));
        if (count == 0 && left > 0) {
            return waitForRate();
        }
        SplitOutput<T> out = output.forSplit(cursor.split.splitId());
        long end = cursor.position + count;
        emitted += count;
        while (cursor.position < end) {
            // The position moves first: a barrier never comes between the two, and a generator that throws must not
            // be asked for the same index for ever by a reader that goes on.
            out.collect(generator.apply(cursor.position++));
        }
        splits.remove();
        if (cursor.position == cursor.split.end()) {
            output.finishSplit(cursor.split.splitId());
            context.sendSplitRequest();
        } else {
            splits.add(cursor);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** The first split that is not paused, brought to the front; null where there is none. */
    private @Nullable Cursor nextToRead() {
        for (int i = splits.size(); i > 0; i--) {
            Cursor first = splits.element();
            if (!first.paused) {
                return first;
            }
            splits.add(splits.remove());
        }
        return null;
    }

    @Override
    public boolean pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) {
        for (Cursor cursor : splits) {
            cursor.paused = (cursor.paused || paused.contains(cursor.split.splitId()))
                    && !resumed.contains(cursor.split.splitId());
        }
        return true;
    }

    private long allowedNow() {
        if (Double.isInfinite(recordsPerSecond)) {
            return Long.MAX_VALUE;
        }
        double due = (context.clock().millis() - startMs + 1) * recordsPerSecond / 1000;
        return Math.max(0, (long) due - emitted);
    }

    private InputStatus waitForRate() {
        available = new CompletableFuture<>();
        long nanos = Math.max(1_000_000L, (long) (NANOS_A_SECOND / recordsPerSecond));
        CompletableFuture<Void> waiting = available;
        context.delay(Duration.ofNanos(nanos)).thenRun(() -> waiting.complete(null));
        return InputStatus.NOTHING_AVAILABLE;
    }

    private InputStatus waitForSplit() {
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletionStage<Void> isAvailable() {
        return available;
    }

    @Override
    public List<IndexSplit> snapshotState(long checkpointId) {
        List<IndexSplit> positions = new ArrayList<>();
        splits.forEach(cursor -> positions.add(cursor.split.at(cursor.position)));
        return positions;
    }

    @Override
    public void addSplits(List<IndexSplit> added) {
        added.forEach(split -> splits.add(new Cursor(split)));
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() {}

    private static final class Cursor {
        private final IndexSplit split;
        private long position;
        private boolean paused;

        private Cursor(IndexSplit split) {
            this.split = split;
            this.position = split.position();
        }
    }
}
