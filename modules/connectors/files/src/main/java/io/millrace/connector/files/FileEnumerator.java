// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.FixedSplitEnumerator;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Lists the files once, on an IO thread; from then on the splits are known and are dealt out like any others. */
final class FileEnumerator implements SplitEnumerator<FileSplit, FileEnumeratorState> {
    private final SplitEnumeratorContext<FileSplit> context;
    private final Callable<List<FileSplit>> lister;
    private @Nullable FixedSplitEnumerator<FileSplit> splits;

    FileEnumerator(
            SplitEnumeratorContext<FileSplit> context, Callable<List<FileSplit>> lister, FileEnumeratorState state) {
        this.context = context;
        this.lister = lister;
        this.splits = state.listed() ? new FixedSplitEnumerator<>(context, state.unassigned()) : null;
    }

    @Override
    public void start() {
        if (splits == null) {
            context.callAsync(lister, this::listed);
        } else {
            splits.start();
        }
    }

    private void listed(@Nullable List<FileSplit> found, @Nullable Throwable error) throws Exception {
        if (error instanceof Exception exception) {
            throw exception;
        }
        if (found == null) {
            throw new IllegalStateException("Listing the files failed: " + error, error);
        }
        splits = new FixedSplitEnumerator<>(context, found);
        splits.start();
    }

    @Override
    public void handleSplitRequest(int subtaskIndex) {
        if (splits != null) {
            splits.handleSplitRequest(subtaskIndex);
        }
    }

    @Override
    public FileEnumeratorState snapshotState(long checkpointId) {
        return splits == null
                ? new FileEnumeratorState(false, List.of())
                : new FileEnumeratorState(true, splits.snapshotState(checkpointId));
    }

    @Override
    public void close() {}
}
