// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.SinkWriterContext;
import io.millrace.operators.OperatorContext;
import java.util.concurrent.Executor;

/** What a writer and a committer see of their operator; immutable, as committers use it on IO threads. */
record WriterContext(
        String jobId,
        String jobName,
        String operatorId,
        int subtaskIndex,
        int parallelism,
        long epoch,
        long restoredCheckpointId,
        Executor ioExecutor)
        implements SinkWriterContext {
    static WriterContext of(OperatorContext context) {
        return new WriterContext(
                context.jobId(),
                context.jobName(),
                context.operatorId(),
                context.subtaskIndex(),
                context.parallelism(),
                context.epoch(),
                context.restoredCheckpointId(),
                context.ioExecutor());
    }
}
