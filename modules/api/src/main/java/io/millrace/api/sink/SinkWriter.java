// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;

/** Writes the records of one subtask. Called by one thread at a time, which must not be blocked for long. */
@Stable
public interface SinkWriter<T> extends AutoCloseable {
    /**
     * @param timestamp the record's event time, or {@link io.millrace.api.time.Timestamps#NONE}
     */
    void write(T record, long timestamp) throws Exception;

    /**
     * Everything written so far has to go out: a barrier passes, or the input has ended.
     *
     * @param endOfInput true after the last record
     */
    default void flush(boolean endOfInput) throws Exception {}

    @Override
    default void close() throws Exception {}
}
