// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;

/**
 * A sink in two phases: writers prepare, and what they prepared becomes visible once the checkpoint that covers it is
 * journalled.
 *
 * @param <C> committable: what names prepared output in a checkpoint
 */
@Stable
public interface CommittingSink<T, C> extends Sink<T> {
    @Override
    CommittingSinkWriter<T, C> createWriter(SinkWriterContext context) throws Exception;

    /** Makes the committer of a subtask. */
    Committer<C> createCommitter(SinkWriterContext context) throws Exception;

    VersionedSerializer<C> committableSerializer();
}
