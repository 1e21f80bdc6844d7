// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;

/**
 * Where records go. Immutable. A plain sink repeats, after a failure, what it wrote since the last checkpoint; one that
 * must not is a {@link CommittingSink}.
 */
@Stable
public interface Sink<T> {
    /** Makes the writer of a subtask, on an IO thread. */
    SinkWriter<T> createWriter(SinkWriterContext context) throws Exception;
}
