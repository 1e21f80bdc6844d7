// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import java.util.Collection;
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

    /**
     * Stops reading some splits, and goes on with others: those of {@code paused} are too far ahead of the sources that
     * they are aligned with. A reader all of whose splits are paused answers {@link InputStatus#NOTHING_AVAILABLE}, and is
     * asked again when that changes. What was assigned and never named here is to be read.
     *
     * @param paused ids of splits that must not emit any more; never one that is paused already
     * @param resumed ids of splits that may emit again
     * @return false when the reader cannot do that; then it is not polled at all while all its splits are too far ahead,
     *     and not asked here again
     */
    default boolean pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) throws Exception {
        return false;
    }

    /** The checkpoint is complete and durable. */
    default void notifyCheckpointComplete(long checkpointId) throws Exception {}

    @Override
    void close() throws Exception;
}
