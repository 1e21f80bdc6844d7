// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads the splits of one subtask. All methods are called by one thread at a time, which must not be blocked: slow
 * reads go to {@link SourceReaderContext#ioExecutor()}.
 */
@Stable
public interface SourceReader<T, S extends SourceSplit> extends AutoCloseable {
    /** Called once, before anything else but {@link #addSplits} with the splits of a checkpoint. */
    void start() throws Exception;

    /**
     * Emits up to {@code maxRecords} records that are there, and returns at once.
     *
     * @return what to do next; {@link InputStatus#END_OF_INPUT} only after {@link #notifyNoMoreSplits} and when all
     *     splits are read
     */
    InputStatus pollNext(ReaderOutput<T> output, int maxRecords) throws Exception;

    /** Completes when {@link #pollNext} is worth calling again after it said {@link InputStatus#NOTHING_AVAILABLE}. */
    CompletionStage<Void> isAvailable();

    /** The unfinished splits, each with the position after the last record that was emitted. */
    List<S> snapshotState(long checkpointId) throws Exception;

    void addSplits(List<S> splits) throws Exception;

    void notifyNoMoreSplits() throws Exception;

    /** The checkpoint is complete and durable. */
    default void notifyCheckpointComplete(long checkpointId) throws Exception {}

    @Override
    void close() throws Exception;
}
