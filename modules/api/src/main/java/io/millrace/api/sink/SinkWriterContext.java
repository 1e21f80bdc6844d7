// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;
import java.util.concurrent.Executor;

/** Where a writer runs. Immutable. */
@Stable
public interface SinkWriterContext {
    String jobId();

    String jobName();

    /** The sink's stable id in the job. */
    String operatorId();

    int subtaskIndex();

    int parallelism();

    /** Number of this incarnation of the job, from 1: what older epochs left uncommitted is never committed. */
    long epoch();

    /** The checkpoint that the job goes on from, or 0 where it starts afresh. */
    long restoredCheckpointId();

    /** For blocking writes, such as forcing a file to disk. */
    Executor ioExecutor();
}
