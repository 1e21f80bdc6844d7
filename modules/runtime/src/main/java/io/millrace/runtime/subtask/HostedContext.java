// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.plan.ChainedOperator;
import io.millrace.runtime.chain.OperatorChain;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.serialization.Codecs;
import io.millrace.specialisation.SpecialisedClasses;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The context of one operator in one subtask and epoch. */
final class HostedContext implements OperatorContext {
    /** What all operators of a subtask share. */
    record Shared(
            SubtaskCommand.Deploy deploy,
            int parallelism,
            int maxParallelism,
            Codecs codecs,
            OperatorChain chain,
            SubtaskPorts ports,
            SubtaskMachine machine,
            RunningSubtask.LateRecords lateRecords,
            SpecialisedClasses classes,
            SiblingParts siblings,
            HostServices services) {}

    private static final long NEVER = Long.MAX_VALUE;

    /** Further ahead no scheduler has to look; the clock may have been set by then. Milliseconds. */
    private static final long LONGEST_SLEEP = Duration.ofHours(1).toMillis();

    private final Shared shared;
    private final ChainedOperator operator;
    private final int position;
    private final Map<String, byte[]> restoredParts;
    private final @Nullable KeyedStateBackend keyedState;
    private long wakesAt = NEVER;

    HostedContext(
            Shared shared,
            ChainedOperator operator,
            int position,
            Map<String, byte[]> restoredParts,
            @Nullable KeyedStateBackend keyedState) {
        this.shared = shared;
        this.operator = operator;
        this.position = position;
        this.restoredParts = restoredParts;
        this.keyedState = keyedState;
    }

    @Override
    public String jobId() {
        return shared.deploy().job().jobId();
    }

    @Override
    public String jobName() {
        return shared.deploy().job().jobName();
    }

    @Override
    public String operatorId() {
        return operator.id();
    }

    @Override
    public boolean hasStableId() {
        return operator.hasStableId();
    }

    @Override
    public String operatorName() {
        return operator.name();
    }

    @Override
    public int subtaskIndex() {
        return shared.deploy().subtask().index();
    }

    @Override
    public int parallelism() {
        return shared.parallelism();
    }

    @Override
    public int maxParallelism() {
        return shared.maxParallelism();
    }

    @Override
    public long epoch() {
        return shared.deploy().epoch();
    }

    @Override
    public long restoredCheckpointId() {
        SubtaskCommand.Restore restore = shared.deploy().restore();
        return restore == null ? 0 : restore.checkpointId();
    }

    @Override
    public byte @Nullable [] restoredPart(String name) {
        return restoredParts.get(name);
    }

    @Override
    public SortedMap<Integer, byte[]> restoredParts(String name) throws IOException {
        return shared.siblings().read(operator.id(), name);
    }

    @Override
    public boolean hasKeyedState() {
        return keyedState != null;
    }

    @Override
    public KeyedStateBackend keyedState() {
        if (keyedState == null) {
            throw new IllegalStateException("The operator '" + operator.name()
                    + "' asks for keyed state, but its stream has no keys. Put keyBy(..) before it.");
        }
        return keyedState;
    }

    @Override
    public Specialiser specialiser() {
        return OperatorChain.specialiserOf(shared.classes(), position, operator.name());
    }

    @Override
    public Codecs codecs() {
        return shared.codecs();
    }

    @Override
    public Output output() {
        return shared.chain().output(position);
    }

    @Override
    public long currentWatermark() {
        return shared.chain().watermark(position);
    }

    @Override
    public Clock clock() {
        return shared.ports().clock();
    }

    @Override
    public <S> @Nullable S service(Class<S> type) {
        return shared.services().find(type);
    }

    @Override
    public Executor ioExecutor() {
        return shared.ports().ioExecutor();
    }

    @Override
    public <R> void runAsync(Callable<R> call, AsyncHandler<R> handler) {
        long began = epoch();
        ioExecutor().execute(() -> {
            R result;
            try {
                result = call.call();
            } catch (Throwable e) {
                shared.machine().inEpoch(began, () -> handler.handle(null, e));
                return;
            }
            shared.machine().inEpoch(began, () -> handler.handle(result, null));
        });
    }

    @Override
    public void schedule(Duration delay, Action action) {
        long began = epoch();
        shared.ports().delayed(delay, () -> shared.machine().inEpoch(began, action::run));
    }

    /**
     * What was scheduled for another time than the one that counts is ignored when it runs. An operator that is woken
     * before its time finds nothing due and asks again.
     */
    @Override
    public void wakeAt(long timeMs) {
        if (timeMs >= wakesAt) {
            return;
        }
        wakesAt = timeMs;
        long now = clock().millis();
        long sleep = timeMs <= now ? 0 : timeMs - now;
        // Where the difference overflows, the time is far away.
        schedule(Duration.ofMillis(sleep < 0 ? LONGEST_SLEEP : Math.min(sleep, LONGEST_SLEEP)), () -> {
            if (wakesAt == timeMs) {
                wakesAt = NEVER;
                shared.chain().wake(position, clock().millis());
            }
        });
    }

    @Override
    public void execute(Action action) {
        shared.machine().inEpoch(epoch(), action::run);
    }

    @Override
    public void goOnLater() {
        shared.chain().goOnLater(position);
    }

    @Override
    public void pauseInput() {
        shared.chain().pauseInput(position);
    }

    @Override
    public void resumeInput() {
        shared.chain().resumeInput(position);
    }

    @Override
    public CompletionStage<Void> delay(Duration delay) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        shared.ports().delayed(delay, () -> done.complete(null));
        return done;
    }

    @Override
    public void requestSplit() {
        shared.ports().sendUp(0, new DataMessage.SplitRequest(epoch(), subtaskIndex()));
    }

    @Override
    public void reportWatermark(String group, long watermark) {
        shared.ports()
                .toCoordinator(new SubtaskEvent.SourceWatermark(shared.deploy().subtask(), epoch(), group, watermark));
    }

    @Override
    public void countLateRecord() {
        shared.lateRecords().increment();
    }

    @Override
    public void sampleLateRecord(Object key, Object record, long timestamp) {
        shared.lateRecords().sample().add(operator.name(), key, record, timestamp, currentWatermark());
    }
}
