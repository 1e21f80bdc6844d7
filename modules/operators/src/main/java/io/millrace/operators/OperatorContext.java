// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import io.millrace.serialization.Codecs;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What an operator can ask and do. Confined to the subtask. */
public interface OperatorContext {
    /** Takes the outcome of an asynchronous call, on the subtask: exactly one of both is null. */
    @FunctionalInterface
    interface AsyncHandler<R> {
        void handle(@Nullable R result, @Nullable Throwable error) throws Exception;
    }

    /** Something that runs on the subtask. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    String jobId();

    String jobName();

    /** The stable id: the uid where the job sets one. */
    String operatorId();

    /** False where the id is the operator's place in the definition, which changes as the job is changed. */
    boolean hasStableId();

    String operatorName();

    int subtaskIndex();

    int parallelism();

    int maxParallelism();

    long epoch();

    /** The checkpoint that this epoch goes on from, or 0 for a fresh start. */
    long restoredCheckpointId();

    /** The part of that name from the restored checkpoint, or null. */
    byte @Nullable [] restoredPart(String name);

    /**
     * The parts of that name that this operator's subtasks wrote into the restored checkpoint, by index of the subtask;
     * those that wrote none are left out. Reads them and so blocks: to be called while the operator is opened.
     *
     * @throws IOException when one cannot be read or is damaged
     */
    SortedMap<Integer, byte[]> restoredParts(String name) throws IOException;

    /** True when the operator heads a chain whose stream has keys. */
    boolean hasKeyedState();

    /**
     * The operator's keyed state.
     *
     * @throws IllegalStateException when the stream is not keyed
     */
    KeyedStateBackend keyedState();

    /** Finds codecs; knows the types that the job registered. */
    Codecs codecs();

    Output output();

    /** Makes instances of the per-record classes of this operator, which chains of other jobs must not share. */
    Specialiser specialiser();

    /** The operator's watermark: the highest it was told. */
    long currentWatermark();

    Clock clock();

    /** What the host of the job has registered for functions under that type, or null. */
    <S> @Nullable S service(Class<S> type);

    /** For what blocks. */
    Executor ioExecutor();

    /** Runs {@code call} on an IO thread, then {@code handler} on the subtask, unless the epoch is over by then. */
    <R> void runAsync(Callable<R> call, AsyncHandler<R> handler);

    /** Runs {@code action} on the subtask after {@code delay}, unless the epoch is over by then. */
    void schedule(Duration delay, Action action);

    /**
     * Has {@link Operator#advanceProcessingTime} called once the clock has reached {@code timeMs}; when asked several
     * times, at the earliest of them, and once. Who waits for more asks again when woken.
     */
    void wakeAt(long timeMs);

    /** Runs {@code action} on the subtask, unless the epoch is over by then. Any thread may call it. */
    void execute(Action action);

    /** Has {@link Operator#goOn} called, once before the next record, and then until it answers true. */
    void goOnLater();

    /**
     * Gives the chain no further records until {@link #resumeInput}: for operators that can hold no more. A record that
     * is being handled is finished, and so is what a source gives at once; operators before this one that emit on their
     * own account find their output full. Watermarks, barriers and calls to operators of the chain go on. Paused as often
     * as it is called.
     */
    void pauseInput();

    /** Takes one {@link #pauseInput} back. */
    void resumeInput();

    /** Completes after {@code delay}, on whatever thread. */
    CompletionStage<Void> delay(Duration delay);

    /** Asks the source's enumerator for a split; for source readers. */
    void requestSplit();

    /**
     * Tells the coordinator where the source is; it answers by {@link PullOperator#alignTo}, unless a message is lost.
     *
     * @param group of sources that wait for each other
     * @param watermark the lowest that holds the group, or {@link io.millrace.api.time.Timestamps#END} for nothing
     */
    void reportWatermark(String group, long watermark);

    /** Counts records that came too late and were dropped. */
    void countLateRecord();

    /**
     * Keeps a record that came too late for people to look at; the last few are kept.
     *
     * @param key of the record
     * @param timestamp its event time
     */
    default void sampleLateRecord(Object key, Object record, long timestamp) {}
}
