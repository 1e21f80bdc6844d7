// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.SnapshotPart;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a subtask's sink has prepared and not committed yet, by checkpoint. Once a checkpoint is complete, its
 * committables and older ones are committed: one checkpoint after the other, one commit at a time, each tried until its
 * outcome is certain. Committables leave the queue, and so the next snapshots, only when they are committed; a recovery
 * in between commits them again.
 *
 * <p>Confined to the subtask.
 */
final class CommitQueue<C> {
    static final Duration FIRST_DELAY = Duration.ofMillis(100);
    static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private static final Logger LOGGER = LoggerFactory.getLogger(CommitQueue.class);

    private final OperatorContext context;
    private final GuardedCommitter<C> committer;
    private final VersionedSerializer<C> serializer;
    private final TreeMap<Long, CompletableFuture<List<C>>> pending = new TreeMap<>();
    private long completedId;
    /** True from a commit's first try to its success. */
    private boolean committing;

    private int failures;

    CommitQueue(OperatorContext context, GuardedCommitter<C> committer, VersionedSerializer<C> serializer) {
        this.context = context;
        this.committer = committer;
        this.serializer = serializer;
    }

    /** Takes what was prepared at a barrier. */
    void add(long checkpointId, CompletionStage<List<C>> prepared) {
        CompletableFuture<List<C>> future = new CompletableFuture<>();
        prepared.whenComplete((committables, error) -> {
            if (error == null) {
                future.complete(List.copyOf(committables));
            } else {
                future.completeExceptionally(error);
            }
        });
        pending.put(checkpointId, future);
    }

    boolean isEmptyUntil(long checkpointId) {
        return pending.isEmpty() || pending.firstKey() > checkpointId;
    }

    /** The checkpoint is complete, and so is everything that the queue holds of it and of older ones. */
    void checkpointCompleted(long checkpointId) {
        completedId = Math.max(completedId, checkpointId);
        if (!committing) {
            commitNext();
        }
    }

    private void commitNext() {
        while (!isEmptyUntil(completedId)) {
            long checkpointId = pending.firstKey();
            List<C> committables = committablesOf(checkpointId);
            if (!committables.isEmpty()) {
                commit(checkpointId, committables);
                return;
            }
            pending.remove(checkpointId);
        }
    }

    private List<C> committablesOf(long checkpointId) {
        CompletableFuture<List<C>> prepared = pending.get(checkpointId);
        if (!prepared.isDone() || prepared.isCompletedExceptionally()) {
            throw new IllegalStateException("Checkpoint " + completedId + " is said to be complete, but " + describe()
                    + " has not prepared its output of checkpoint " + checkpointId + ".");
        }
        return prepared.join();
    }

    private void commit(long checkpointId, List<C> committables) {
        committing = true;
        context.runAsync(
                () -> {
                    committer.commit(committables);
                    return Boolean.TRUE;
                },
                (done, error) -> committed(checkpointId, committables, error));
    }

    private void committed(long checkpointId, List<C> committables, @Nullable Throwable error) throws Exception {
        if (error == null) {
            pending.remove(checkpointId);
            failures = 0;
            committing = false;
            commitNext();
        } else if (error instanceof IOException) {
            retry(checkpointId, committables, error);
        } else if (error instanceof CommitFailedException) {
            throw new CommitFailedException(failure(checkpointId, error), error);
        } else {
            throw new IllegalStateException(failure(checkpointId, error), error);
        }
    }

    /** Each failure is logged: the growing delay bounds how often. The stack trace comes with the first. */
    private void retry(long checkpointId, List<C> committables, Throwable error) {
        Duration delay = delayAfter(failures++);
        LOGGER.warn(
                "{} Try {} comes in {} ms.",
                failure(checkpointId, error),
                failures + 1,
                delay.toMillis(),
                failures == 1 ? error : null);
        context.schedule(delay, () -> commit(checkpointId, committables));
    }

    static Duration delayAfter(int earlierFailures) {
        long factor = 1L << Math.min(earlierFailures, 20);
        Duration delay = FIRST_DELAY.multipliedBy(factor);
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }

    private String failure(long checkpointId, Throwable error) {
        return "The output of checkpoint " + checkpointId + " could not be committed by " + describe() + ": "
                + error.getMessage() + ".";
    }

    private String describe() {
        return "sink '" + context.operatorName() + "' (" + context.operatorId() + ", subtask " + context.subtaskIndex()
                + ") of job '" + context.jobName() + "' (" + context.jobId() + ")";
    }

    /** All that is not committed as of now, in bytes; complete once all of it is prepared. */
    CompletionStage<byte[]> write() {
        Map<Long, CompletableFuture<List<C>>> now = new TreeMap<>(pending);
        CompletableFuture<?>[] prepared = now.values().toArray(new CompletableFuture<?>[0]);
        return CompletableFuture.allOf(prepared).thenApplyAsync(ignored -> serialize(now), context.ioExecutor());
    }

    private byte[] serialize(Map<Long, CompletableFuture<List<C>>> prepared) {
        try {
            ByteWriter out = SnapshotPart.begin();
            out.writeVarInt(serializer.version());
            out.writeVarInt(prepared.size());
            for (Map.Entry<Long, CompletableFuture<List<C>>> checkpoint : prepared.entrySet()) {
                List<C> committables = checkpoint.getValue().join();
                out.writeLong(checkpoint.getKey());
                out.writeVarInt(committables.size());
                for (C committable : committables) {
                    SnapshotPart.writeValue(out, serializer, committable);
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Reads into an empty queue what {@link #write} wrote, all of it covered by the checkpoint it was in. */
    boolean read(ByteReader in) throws IOException {
        int version = in.readVarInt();
        int checkpoints = in.readLength();
        for (int i = 0; i < checkpoints; i++) {
            long checkpointId = in.readLong();
            int count = in.readLength();
            List<C> committables = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                committables.add(SnapshotPart.readValue(in, serializer, version));
            }
            pending.put(checkpointId, CompletableFuture.completedFuture(committables));
        }
        return true;
    }
}
