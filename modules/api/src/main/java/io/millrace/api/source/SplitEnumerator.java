// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;

/**
 * Finds splits and assigns them to readers. One a source and job. All methods and asynchronous handlers are called on
 * one logical thread, which must not be blocked: slow work goes through {@link SplitEnumeratorContext#callAsync}.
 *
 * <p>Assignments travel to the readers as records do, so a checkpoint holds a split either here or with its reader.
 */
@Stable
public interface SplitEnumerator<S extends SourceSplit, E> extends AutoCloseable {
    /** Called once, before anything else. */
    void start() throws Exception;

    /**
     * A reader has room for another split. Requests are hints: those made before a recovery are lost, and the readers
     * ask again.
     */
    void handleSplitRequest(int subtaskIndex) throws Exception;

    /** What a checkpoint holds: the splits that are not assigned yet and how to find more. */
    E snapshotState(long checkpointId) throws Exception;

    @Override
    void close() throws Exception;
}
