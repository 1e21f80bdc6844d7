// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.CommittingSink;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.SnapshotPart;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a sink's writer and, where the sink is a {@link CommittingSink}, commits what completed checkpoints cover. */
public final class SinkOperator extends Operator {
    private static final String PART = "committables";

    private final Sink<Object> sink;
    private @Nullable SinkWriter<Object> writer;
    private @Nullable Committing<?> committing;
    private @Nullable CountingProcessor processor;

    public SinkOperator(Sink<Object> sink) {
        this.sink = sink;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        WriterContext writerContext = WriterContext.of(operatorContext);
        if (sink instanceof CommittingSink<Object, ?> committingSink) {
            openCommitting(committingSink, writerContext);
        } else {
            writer = sink.createWriter(writerContext);
        }
    }

    private <C> void openCommitting(CommittingSink<Object, C> committingSink, WriterContext writerContext)
            throws Exception {
        CommittingSinkWriter<Object, C> committingWriter = committingSink.createWriter(writerContext);
        writer = committingWriter;
        GuardedCommitter<C> committer = new GuardedCommitter<>(committingSink.createCommitter(writerContext));
        CommitQueue<C> queue = new CommitQueue<>(context(), committer, committingSink.committableSerializer());
        // Kept before anything is read: if that fails, the committer is there to be closed.
        committing = new Committing<>(committingWriter, committer, queue);
        SnapshotPart.restore(context(), PART, queue::read);
    }

    /** Commits at once what was restored: the checkpoint it comes from was complete. */
    @Override
    public void start() {
        if (committing != null) {
            committing.queue.checkpointCompleted(context().restoredCheckpointId());
        }
    }

    @Override
    public RecordProcessor processor() {
        processor = context()
                .specialiser()
                .create(MethodHandles.lookup(), CountingProcessor.class, WritingProcessor.class, running());
        return processor;
    }

    @Override
    public long recordsCounted() {
        return processor == null ? 0 : processor.written;
    }

    @Override
    public boolean endInput() throws Exception {
        running().flush(true);
        return true;
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        running().flush(false);
        return committing == null ? OperatorSnapshot.EMPTY : committing.snapshot(checkpointId);
    }

    @Override
    public void checkpointCompleted(long checkpointId) {
        if (committing != null) {
            committing.queue.checkpointCompleted(checkpointId);
        }
    }

    @Override
    public boolean committed(long checkpointId) {
        return committing == null || committing.queue.isEmptyUntil(checkpointId);
    }

    @Override
    public void close() throws Exception {
        try {
            if (writer != null) {
                writer.close();
            }
        } finally {
            if (committing != null) {
                committing.committer.close();
            }
        }
    }

    private SinkWriter<Object> running() {
        if (writer == null) {
            throw new IllegalStateException("The sink is not open.");
        }
        return writer;
    }

    /** What a sink in two phases has more than others. */
    private record Committing<C>(
            CommittingSinkWriter<Object, C> writer, GuardedCommitter<C> committer, CommitQueue<C> queue) {
        private OperatorSnapshot snapshot(long checkpointId) throws Exception {
            queue.add(checkpointId, writer.prepareCommit(checkpointId));
            return new OperatorSnapshot(null, Map.of(PART, queue.write()));
        }
    }
}
