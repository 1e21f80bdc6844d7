// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.SnapshotPart;
import io.millrace.runtime.protocol.RecordBatch;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The operator at the head of a loop: its queue and its log. It hands on every record; what it does with feedback is
 * called by {@link LoopWork}. Confined to one subtask.
 */
public final class LoopHead extends Operator {
    private static final String QUEUE_PART = "feedback";
    private static final String LOG_PART = "feedback-log";

    private final OperatorSpec.IterationSpec spec;
    private final LoopSettings settings;
    private final FeedbackLog log;
    private final List<RecordBatch> restored = new ArrayList<>();
    private @Nullable FeedbackQueue queue;
    private @Nullable SpillFolder folder;
    private @Nullable RecordBatch current;
    private @Nullable CompletableFuture<byte[]> logged;

    /**
     * @param feedback the channels that bring records back
     */
    public LoopHead(OperatorSpec.IterationSpec spec, LoopSettings settings, BitSet feedback) {
        this.spec = spec;
        this.settings = settings;
        this.log = new FeedbackLog(feedback);
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        FeedbackCodec codec = new FeedbackCodec(operatorContext.codecs().forTypeOrSelfDescribing(spec.type()));
        for (String part : List.of(QUEUE_PART, LOG_PART)) {
            List<RecordBatch> batches = SnapshotPart.restore(operatorContext, part, codec::read);
            restored.addAll(batches == null ? List.of() : batches);
        }
        // A name may be "..", which these are not.
        Path own = settings.directory()
                .resolve("job-" + operatorContext.jobId())
                .resolve("loop-" + operatorContext.operatorId() + "-" + operatorContext.subtaskIndex());
        folder = new SpillFolder(own);
        folder.delete();
        queue = new FeedbackQueue(
                settings,
                folder,
                operatorContext.epoch() + "-",
                codec,
                new FeedbackQueue.Io() {
                    @Override
                    public <R> void run(Callable<R> call, OperatorContext.AsyncHandler<R> handler) {
                        operatorContext.runAsync(call, handler);
                    }
                },
                "the loop '" + operatorContext.operatorName() + "'");
    }

    /** What the checkpoint held goes first, in its order. */
    @Override
    public void start() {
        restored.forEach(queue()::add);
        restored.clear();
    }

    @Override
    public RecordProcessor processor() {
        return context()
                .specialiser()
                .create(
                        MethodHandles.lookup(),
                        RecordProcessor.class,
                        LoopProcessor.class,
                        context().output());
    }

    /** From outside and from the queue alike. */
    @Override
    public RecordProcessor processor(int input) {
        return processor();
    }

    void onRecords(int channel, RecordBatch batch) {
        log.onRecords(channel, batch);
        queue().add(batch);
    }

    void onBarrier(int channel, long checkpointId) {
        log.onBarrier(channel, checkpointId);
        settleLog();
    }

    /** Whether records may be taken for now. */
    boolean isOpen() {
        return queue().isOpen();
    }

    /** Records that wait. */
    long waiting() {
        return queue().size();
    }

    /** True while records may be taken from outside. */
    boolean admitsOutside() {
        return waiting() < spec.maxCirculating();
    }

    /** The next batch that is to go round, or null when none is there. */
    @Nullable
    RecordBatch next() {
        current = queue().poll();
        return current;
    }

    boolean isCurrent(RecordBatch batch) {
        return batch == current;
    }

    /** The batch that {@link #next} gave is handled; no snapshot is taken before. */
    void handled() {
        current = null;
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) {
        FeedbackQueue.Contents contents = queue().contents();
        CompletableFuture<byte[]> queued = new CompletableFuture<>();
        CompletableFuture<byte[]> opened = new CompletableFuture<>();
        write(contents::write, queued);
        logged = opened;
        log.open(checkpointId);
        settleLog();
        return new OperatorSnapshot(null, Map.of(QUEUE_PART, queued, LOG_PART, opened));
    }

    private void settleLog() {
        CompletableFuture<byte[]> waiting = logged;
        if (waiting == null || log.state() == FeedbackLog.State.OPEN) {
            return;
        }
        logged = null;
        boolean complete = log.state() == FeedbackLog.State.COMPLETE;
        List<RecordBatch> batches = log.take();
        if (complete) {
            FeedbackQueue.Contents contents = queue().contentsOf(batches);
            write(contents::write, waiting);
        } else {
            waiting.completeExceptionally(new LogGivenUpException(log.checkpointId()));
        }
    }

    private void write(Callable<byte[]> writing, CompletableFuture<byte[]> written) {
        context().ioExecutor().execute(() -> {
            try {
                written.complete(writing.call());
            } catch (Throwable e) {
                written.completeExceptionally(e);
            }
        });
    }

    @Override
    public void close() throws Exception {
        if (logged != null) {
            // What else the snapshot holds is let go of when its last part fails.
            logged.completeExceptionally(new LogGivenUpException(log.checkpointId()));
        }
        if (folder != null) {
            folder.delete();
        }
    }

    private FeedbackQueue queue() {
        if (queue == null) {
            throw new IllegalStateException("The head of the loop is not open.");
        }
        return queue;
    }
}
