// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The writer of a {@link CommittingSink}. */
@Stable
public interface CommittingSinkWriter<T, C> extends SinkWriter<T> {
    /**
     * Closes what was written since the last barrier; called at a barrier, after {@link #flush}. Returns at once:
     * making it durable is done on the IO executor, and the stage completes when a crash can no longer lose it.
     */
    CompletionStage<List<C>> prepareCommit(long checkpointId) throws Exception;
}
