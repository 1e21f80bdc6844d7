// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.operators.CompilationRoot;
import io.millrace.operators.IdleTimer;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.PullOperator;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.Rethrow;
import io.millrace.operators.SnapshotPart;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs a source's reader. Its input are {@link SplitAssignment}s; its records are the source's.
 *
 * <p>The watermark is the lowest of the splits being read, idle ones left out. That of a bounded source is held back until all splits are
 * assigned: an old split may still come, whose records would all be late. The watermark after the last record is made
 * by whoever polls, at {@link InputStatus#END_OF_INPUT}.
 *
 * @param <T> records
 * @param <S> splits
 */
public final class SourceReaderOperator<T, S extends SourceSplit> extends PullOperator implements RecordProcessor {
    private static final String PART = "splits";
    private static final int NO_MORE_SPLITS = 1;
    private static final int READER_IDLE = 4;
    /** Says that the part tells idle splits apart; older ones do not. */
    private static final int WITH_IDLENESS = 2;

    private final Source<T, S, ?> source;
    private final WatermarkStrategy<T> strategy;
    private List<S> restoredSplits = List.of();
    private boolean restored;
    private boolean noMoreSplits;
    private boolean ended;
    private long emitted = Timestamps.NONE;
    private CompletableFuture<Void> wakeUp = new CompletableFuture<>();
    private ActiveSplits<T> active;
    private boolean polled;
    private boolean waiting;
    private boolean idle;
    private @Nullable SourceReader<T, S> reader;
    private @Nullable SourceAlignment<T> alignment;
    private @Nullable MethodHandle pollNext;

    public SourceReaderOperator(Source<T, S, ?> source, WatermarkStrategy<T> strategy) {
        this.source = source;
        this.strategy = strategy;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        active = new ActiveSplits<>(strategy, operatorContext);
        reader = source.createReader(new ReaderContext(operatorContext));
        List<S> splits = SnapshotPart.restore(operatorContext, PART, this::readRestored);
        if (splits != null) {
            restored = true;
            restoredSplits = splits;
        }
        if (strategy.alignment() != null) {
            alignment = new SourceAlignment<>(strategy.alignment(), active, running(), operatorContext);
        }
        idle = mayTell() && active.isIdle();
    }

    @Override
    public void start() throws Exception {
        if (emitted > Timestamps.NONE) {
            // The operators after this one learn what they knew at the checkpoint: what was late stays late.
            context().output().emitWatermark(emitted);
        }
        if (!restoredSplits.isEmpty()) {
            running().addSplits(restoredSplits);
            restoredSplits = List.of();
        }
        running().start();
        if (noMoreSplits) {
            running().notifyNoMoreSplits();
        } else if (restored && active.isEmpty()) {
            // A request made before the recovery is lost, and nothing is left here that would cause another.
            context().requestSplit();
        }
        if (alignment != null) {
            alignment.start();
        }
        if (strategy.idleTimeout() != null) {
            IdleTimer.start(context(), strategy.idleTimeout(), this::passTime);
        }
        if (strategy.generatorInterval() != null) {
            schedulePeriod(strategy.generatorInterval());
        }
    }

    @Override
    public RecordProcessor processor() {
        return this;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        SplitAssignment assignment = (SplitAssignment) record;
        if (assignment.subtaskIndex() != context().subtaskIndex()) {
            throw new IllegalStateException(describe() + " got an assignment for subtask " + assignment.subtaskIndex());
        }
        if (assignment.split() != null) {
            addSplit(assignment.split());
        } else if (!noMoreSplits) {
            noMoreSplits = true;
            running().notifyNoMoreSplits();
        }
        tellProgress();
        wakeUp.complete(null);
    }

    @SuppressWarnings("unchecked")
    private void addSplit(SourceSplit assigned) throws Exception {
        if (noMoreSplits) {
            throw new IllegalStateException(
                    describe() + " got the split '" + assigned.splitId() + "' after it was told that no more come");
        }
        S split = (S) assigned;
        active.add(split.splitId());
        running().addSplits(List.of(split));
    }

    @Override
    public InputStatus poll(int maxRecords) throws Exception {
        if (ended) {
            return InputStatus.END_OF_INPUT;
        }
        if (alignment != null && alignment.isPaused()) {
            waiting = false;
            return InputStatus.NOTHING_AVAILABLE;
        }
        polled = true;
        // The first record after idleness comes alone, so that those behind it find the subtask active.
        InputStatus status = pollNext(idle ? 1 : maxRecords);
        waiting = status == InputStatus.NOTHING_AVAILABLE;
        if (status == InputStatus.END_OF_INPUT && !noMoreSplits) {
            throw new IllegalStateException(
                    describe() + " said END_OF_INPUT, but more splits may come: a reader says it only after"
                            + " notifyNoMoreSplits.");
        }
        active.wake();
        tellProgress();
        ended = noMoreSplits && (status == InputStatus.END_OF_INPUT || active.isEmpty());
        if (ended && alignment != null) {
            alignment.end();
        }
        return ended ? InputStatus.END_OF_INPUT : status;
    }

    private InputStatus pollNext(int maxRecords) throws Exception {
        MethodHandle next = pollNext;
        if (next == null) {
            next = CompilationRoot.of(
                    MethodHandles.lookup(),
                    SourceReader.class,
                    "pollNext",
                    MethodType.methodType(InputStatus.class, ReaderOutput.class, int.class),
                    running());
            pollNext = next;
        }
        try {
            return (InputStatus) next.invokeExact((ReaderOutput<?>) active, maxRecords);
        } catch (Throwable e) {
            throw Rethrow.unchecked(e);
        }
    }

    /** What is known of some splits says nothing while others may come. */
    private boolean mayTell() {
        return noMoreSplits || !(source instanceof BoundedSource<?, ?, ?>);
    }

    /** Emits the watermark if it grew, says whether the subtask is idle, pauses and resumes splits. */
    private void tellProgress() throws Exception {
        if (alignment != null) {
            alignment.update();
        }
        if (!mayTell()) {
            return;
        }
        long watermark = active.watermark();
        if (watermark > emitted) {
            emitted = watermark;
            context().output().emitWatermark(watermark);
        }
        boolean nowIdle = active.isIdle();
        if (nowIdle != idle) {
            idle = nowIdle;
            context().output().idlenessChanged();
        }
    }

    /** Only time in which the reader was asked for records counts: not while the receivers have no room, for example. */
    private void passTime(long elapsedMs, long timeoutMs) throws Exception {
        // Who is waited for is asked as soon as it has something, unless the receivers have no room then.
        boolean couldBring = polled || waiting && !context().output().isFull();
        if (couldBring && !ended) {
            active.passTime(elapsedMs, timeoutMs);
            tellProgress();
        }
        polled = false;
    }

    private void schedulePeriod(Duration interval) {
        context().schedule(interval, () -> {
            active.onPeriod(context().clock().millis());
            tellProgress();
            schedulePeriod(interval);
        });
    }

    @Override
    public void alignTo(long lowestWatermark) throws Exception {
        if (alignment != null) {
            alignment.onLowest(lowestWatermark);
            wakeUp.complete(null);
        }
    }

    /** The enumerator's status says nothing of the readers. */
    @Override
    public boolean outputIdle(boolean inputIdle) {
        return idle;
    }

    /**
     * Also completes when an assignment arrives, for polling may then have to move the watermark, or find the end; and
     * when the reader is resumed.
     */
    @Override
    public CompletionStage<Void> isAvailable() {
        CompletableFuture<Void> available = new CompletableFuture<>();
        wakeUp = available;
        if (alignment != null && alignment.isPaused()) {
            return available;
        }
        running().isAvailable().whenComplete((nothing, error) -> {
            if (error == null) {
                available.complete(null);
            } else {
                available.completeExceptionally(error);
            }
        });
        return available;
    }

    /** The enumerator's watermark says nothing of the readers; its last one passes when the reader is at its end too. */
    @Override
    public long outputWatermark(long watermark) {
        return ended && watermark == Timestamps.END ? watermark : emitted;
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        VersionedSerializer<S> serializer = source.splitSerializer();
        List<S> splits = running().snapshotState(checkpointId);
        ByteWriter out = SnapshotPart.begin();
        out.writeByte(WITH_IDLENESS | (noMoreSplits ? NO_MORE_SPLITS : 0) | (idle ? READER_IDLE : 0));
        out.writeLong(emitted);
        out.writeLong(active.reachedByFinished());
        out.writeVarInt(serializer.version());
        out.writeVarInt(splits.size());
        for (S split : splits) {
            SnapshotPart.writeValue(out, serializer, split);
            out.writeLong(active.watermarkOf(split.splitId()));
            out.writeByte(active.isIdle(split.splitId()) ? 1 : 0);
        }
        return SnapshotPart.single(PART, out);
    }

    private List<S> readRestored(ByteReader in) throws IOException {
        int flags = in.readByte();
        boolean withIdleness = (flags & WITH_IDLENESS) != 0;
        noMoreSplits = (flags & NO_MORE_SPLITS) != 0;
        emitted = in.readLong();
        if (withIdleness) {
            active.restore((flags & READER_IDLE) != 0, in.readLong());
        }
        int version = in.readVarInt();
        int count = in.readLength();
        List<S> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            S split = SnapshotPart.readValue(in, source.splitSerializer(), version);
            active.add(split.splitId(), in.readLong(), withIdleness && in.readByte() != 0);
            splits.add(split);
        }
        return splits;
    }

    @Override
    public long recordsCounted() {
        return active.emitted();
    }

    @Override
    public void checkpointCompleted(long checkpointId) throws Exception {
        running().notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
    }

    private SourceReader<T, S> running() {
        if (reader == null) {
            throw new IllegalStateException("The source reader is not open.");
        }
        return reader;
    }

    private String describe() {
        return "The reader of source '" + context().operatorName() + "' ("
                + context().operatorId() + ", subtask " + context().subtaskIndex() + ")";
    }
}
