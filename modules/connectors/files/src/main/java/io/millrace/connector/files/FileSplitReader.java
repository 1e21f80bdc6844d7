// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.FixedSplitEnumerator;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the splits of a subtask side by side: each poll emits a run of records of one split, then it is the next
 * split's turn. So files that each go forward in time go forward together, and windows stay few. A bounded number of
 * splits is open; the others hold the watermark and wait.
 *
 * <p>Threading: confined to the subtask, but for {@code available}, which IO threads and timers complete.
 */
final class FileSplitReader<T> implements SourceReader<T, FileSplit> {
    static final int MAX_OPEN_SPLITS = FixedSplitEnumerator.SPLITS_A_READER;

    private final SourceReaderContext context;
    private final RecordFormat<T> format;
    private final FileSource.ReadLimits limits;
    private final Pacing<T> pacing;
    private final Deque<FileSplit> added = new ArrayDeque<>();
    private final Deque<FileSplit> waiting = new ArrayDeque<>();
    private final Deque<SplitCursor<T>> open = new ArrayDeque<>();
    private boolean noMoreSplits;
    private volatile CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

    FileSplitReader(
            SourceReaderContext context, RecordFormat<T> format, FileSource.ReadLimits limits, Pacing.Rule<T> pacing) {
        this.context = context;
        this.format = format;
        this.limits = limits;
        this.pacing = new Pacing<>(pacing, context.clock());
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output, int maxRecords) throws IOException {
        admit(output);
        if (open.isEmpty()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : idle();
        }
        if (!pacing.started() && !startPacing()) {
            return idle();
        }
        pacing.beginRound();
        for (int turns = open.size(); turns > 0; turns--) {
            SplitCursor<T> cursor = open.remove();
            open.add(cursor);
            int emitted = cursor.emit(output.forSplit(cursor.splitId()), maxRecords, pacing);
            if (cursor.done()) {
                finish(open.removeLast(), output);
            } else if (emitted == 0) {
                continue;
            }
            return InputStatus.MORE_AVAILABLE;
        }
        return idle();
    }

    /** Every split gets its output at once, so that the watermark waits for those that are not open yet too. */
    private void admit(ReaderOutput<T> output) {
        while (!added.isEmpty()) {
            FileSplit split = added.remove();
            output.forSplit(split.splitId());
            waiting.add(split);
        }
        while (!waiting.isEmpty() && open.size() < MAX_OPEN_SPLITS) {
            FileSplit split = waiting.remove();
            BlockPrefetcher<T> blocks =
                    new BlockPrefetcher<>(split, format, limits, context.ioExecutor(), this::becomeAvailable);
            open.add(new SplitCursor<>(split, blocks, limits.maxLineBytes(), format.hasHeader()));
            blocks.prefetch();
        }
    }

    private void finish(SplitCursor<T> cursor, ReaderOutput<T> output) throws IOException {
        cursor.close();
        output.finishSplit(cursor.splitId());
        context.sendSplitRequest();
    }

    /** The pace counts from the earliest record, so the first record of each open split has to be known. */
    private boolean startPacing() throws IOException {
        boolean known = true;
        for (SplitCursor<T> cursor : open) {
            T first = cursor.prepare();
            known &= first != null || cursor.done();
            if (first != null) {
                pacing.consider(first);
            }
        }
        if (known) {
            pacing.start();
        }
        return known;
    }

    private InputStatus idle() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        available = next;
        pacing.wakeWhenDue(context, this::becomeAvailable);
        // A block that came before the future was there has completed none: look again now that it is.
        for (SplitCursor<T> cursor : open) {
            if (cursor.hasNews()) {
                next.complete(null);
            }
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    private void becomeAvailable() {
        available.complete(null);
    }

    @Override
    public CompletionStage<Void> isAvailable() {
        return available;
    }

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> splits = new ArrayList<>();
        open.forEach(cursor -> splits.add(cursor.snapshot()));
        splits.addAll(waiting);
        splits.addAll(added);
        return splits;
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        added.addAll(splits);
        becomeAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        becomeAvailable();
    }

    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (SplitCursor<T> cursor : open) {
            try {
                cursor.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
