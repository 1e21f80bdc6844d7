// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.LateRecordSample;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.serialization.Codecs;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Keeps what the operator emits; asynchronous calls and timers wait until the test runs them. */
final class HarnessContext implements OperatorContext, Output {
    private record Scheduled(long atMs, Action action) {}

    final List<Object> emitted = new ArrayList<>();
    final Map<String, List<Emitted>> side = new LinkedHashMap<>();
    final Deque<Action> asyncCalls = new ArrayDeque<>();
    final Deque<Runnable> ioTasks = new ArrayDeque<>();
    final Queue<Action> executed = new ConcurrentLinkedQueue<>();
    boolean goingOn;
    final List<Scheduled> scheduled = new ArrayList<>();
    final List<Duration> delays = new ArrayList<>();
    final Map<Class<?>, Object> services = new HashMap<>();
    int lateRecords;
    final LateRecordSample lateSample = new LateRecordSample();
    int splitRequests;
    int idlenessChanges;
    final List<Long> reports = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    long watermark = Timestamps.NONE;
    long nowMs = 1_000;
    boolean stableId = true;
    int subtaskIndex;
    /** What each subtask of the operator restores. */
    List<OperatorSnapshotCopy> siblings;

    int pauses;
    Action onWake = () -> {};
    private long wakesAt = Long.MAX_VALUE;

    private final KeyedStateBackend state;
    private final OperatorSnapshotCopy restored;

    HarnessContext(KeyedStateBackend state, OperatorSnapshotCopy restored) {
        this.state = state;
        this.restored = restored;
        this.siblings = restored == null ? List.of() : List.of(restored);
    }

    /** Passes virtual time, running what is due in order. */
    void passTime(Duration duration) throws Exception {
        long until = nowMs + duration.toMillis();
        while (true) {
            Scheduled next = scheduled.stream()
                    .filter(due -> due.atMs <= until)
                    .min(Comparator.comparingLong(Scheduled::atMs))
                    .orElse(null);
            if (next == null) {
                nowMs = until;
                return;
            }
            scheduled.remove(next);
            nowMs = Math.max(nowMs, next.atMs);
            next.action.run();
        }
    }

    @Override
    public String jobId() {
        return "job-1";
    }

    @Override
    public String jobName() {
        return "test job";
    }

    @Override
    public String operatorId() {
        return "operator-id";
    }

    @Override
    public boolean hasStableId() {
        return stableId;
    }

    @Override
    public String operatorName() {
        return "under test";
    }

    @Override
    public int subtaskIndex() {
        return subtaskIndex;
    }

    @Override
    public int parallelism() {
        return Math.max(1, siblings.size());
    }

    @Override
    public int maxParallelism() {
        return 128;
    }

    @Override
    public long epoch() {
        return restored == null ? 1 : 2;
    }

    @Override
    public long restoredCheckpointId() {
        return restored == null ? 0 : restored.checkpointId();
    }

    @Override
    public byte[] restoredPart(String name) {
        return restored == null ? null : restored.parts().get(name);
    }

    @Override
    public SortedMap<Integer, byte[]> restoredParts(String name) {
        TreeMap<Integer, byte[]> parts = new TreeMap<>();
        for (int i = 0; i < siblings.size(); i++) {
            byte[] part = siblings.get(i).parts().get(name);
            if (part != null) {
                parts.put(i, part);
            }
        }
        return parts;
    }

    @Override
    public boolean hasKeyedState() {
        return state != null;
    }

    @Override
    public KeyedStateBackend keyedState() {
        if (state == null) {
            throw new IllegalStateException("The stream is not keyed.");
        }
        return state;
    }

    @Override
    public Specialiser specialiser() {
        return OperatorHarness.SPECIALISER;
    }

    @Override
    public Codecs codecs() {
        return new Codecs(Map.of());
    }

    @Override
    public Output output() {
        return this;
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(nowMs);
            }
        };
    }

    @Override
    public <S> S service(Class<S> type) {
        return type.cast(services.get(type));
    }

    @Override
    public Executor ioExecutor() {
        return ioTasks::add;
    }

    @Override
    public <R> void runAsync(Callable<R> call, AsyncHandler<R> handler) {
        asyncCalls.add(() -> {
            R result = null;
            Throwable error = null;
            try {
                result = call.call();
            } catch (Exception e) {
                error = e;
            }
            handler.handle(result, error);
        });
    }

    @Override
    public void schedule(Duration delay, Action action) {
        delays.add(delay);
        scheduled.add(new Scheduled(nowMs + delay.toMillis(), action));
    }

    /** Woken at once when it is due: see {@link OperatorHarness#passTime}. */
    @Override
    public void wakeAt(long timeMs) {
        if (timeMs < wakesAt) {
            wakesAt = timeMs;
            scheduled.add(new Scheduled(Math.max(nowMs, timeMs), () -> {
                wakesAt = Long.MAX_VALUE;
                onWake.run();
            }));
        }
    }

    @Override
    public void execute(Action action) {
        executed.add(action);
    }

    @Override
    public void goOnLater() {
        goingOn = true;
    }

    @Override
    public void pauseInput() {
        pauses++;
    }

    @Override
    public void resumeInput() {
        pauses--;
    }

    @Override
    public CompletionStage<Void> delay(Duration delay) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        schedule(delay, () -> done.complete(null));
        return done;
    }

    @Override
    public void requestSplit() {
        splitRequests++;
    }

    @Override
    public void reportWatermark(String group, long reported) {
        reports.add(reported);
    }

    @Override
    public void idlenessChanged() {
        idlenessChanges++;
    }

    @Override
    public void countLateRecord() {
        lateRecords++;
    }

    @Override
    public void sampleLateRecord(Object key, Object record, long timestamp) {
        lateSample.add(operatorName(), key, record, timestamp, watermark);
    }

    @Override
    public void emit(Object record, long timestamp) {
        emitted.add(new Emitted(record, timestamp));
        room--;
    }

    @Override
    public void emitSide(OutputTag<?> tag, Object record, long timestamp) {
        side.computeIfAbsent(tag.name(), ignored -> new ArrayList<>()).add(new Emitted(record, timestamp));
    }

    @Override
    public void emitWatermark(long newWatermark) {
        emitted.add(new EmittedWatermark(newWatermark));
    }

    @Override
    public boolean isFull() {
        return room <= 0;
    }
}
