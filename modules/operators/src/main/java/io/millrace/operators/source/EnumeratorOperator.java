// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.Rethrow;
import io.millrace.operators.SnapshotPart;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs a source's enumerator: it has no input, and its records are {@link SplitAssignment}s.
 *
 * <p>Assignments and barriers go the same way, so a checkpoint holds a split either here or with its reader, and a
 * reader that was told here before the barrier that no more splits come has that in its own snapshot.
 *
 * @param <S> splits
 * @param <E> the enumerator's state
 */
public final class EnumeratorOperator<S extends SourceSplit, E> extends Operator implements RecordProcessor {
    private static final String PART = "enumerator";

    private final Source<?, S, E> source;
    private final int readers;
    /** Readers that were told that no more splits come. */
    private final BitSet told = new BitSet();
    /** What was asked for before the start. */
    private final Deque<OperatorContext.Action> waiting = new ArrayDeque<>();

    private @Nullable SplitEnumerator<S, E> enumerator;
    private boolean started;

    /**
     * @param readers number of subtasks that read the source
     */
    public EnumeratorOperator(Source<?, S, E> source, int readers) {
        this.source = source;
        this.readers = readers;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        Restored<E> restored = SnapshotPart.restore(operatorContext, PART, this::readRestored);
        EngineContext engine = new EngineContext();
        if (restored == null) {
            enumerator = source.createEnumerator(engine);
        } else {
            told.or(restored.told);
            enumerator = source.restoreEnumerator(engine, restored.state);
        }
    }

    @Override
    public void start() throws Exception {
        started = true;
        running().start();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** A reader has room for another split; readers that were told that no more come ask in vain. */
    public void handleSplitRequest(int subtaskIndex) throws Exception {
        checkReader(subtaskIndex);
        onceStarted(() -> {
            if (!told.get(subtaskIndex)) {
                running().handleSplitRequest(subtaskIndex);
            }
        });
    }

    /** True when every reader was told that no more splits come: nothing will be emitted any more. */
    public boolean isFinished() {
        return told.cardinality() == readers;
    }

    @Override
    public RecordProcessor processor() {
        return this;
    }

    @Override
    public void process(Object record, long timestamp) {
        throw new IllegalStateException("The enumerator '" + context().operatorName() + "' ("
                + context().operatorId() + ") has no input, but a record reached it: " + record);
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        VersionedSerializer<E> serializer = source.enumeratorStateSerializer();
        ByteWriter out = SnapshotPart.begin();
        out.writeVarInt(readers);
        out.writeVarInt(told.cardinality());
        told.stream().forEach(out::writeVarInt);
        out.writeVarInt(serializer.version());
        SnapshotPart.writeValue(out, serializer, running().snapshotState(checkpointId));
        return SnapshotPart.single(PART, out);
    }

    private Restored<E> readRestored(ByteReader in) throws IOException {
        int readersBefore = in.readVarInt();
        BitSet toldBefore = new BitSet();
        int count = in.readLength();
        for (int i = 0; i < count; i++) {
            int reader = in.readVarInt();
            if (reader < 0 || reader >= readersBefore) {
                throw new IOException("it names reader " + reader + " of " + readersBefore);
            }
            toldBefore.set(reader);
        }
        int version = in.readVarInt();
        E state = SnapshotPart.readValue(in, source.enumeratorStateSerializer(), version);
        // Other readers than before know nothing yet; being told a second time is harmless.
        return new Restored<>(readersBefore == readers ? toldBefore : new BitSet(), state);
    }

    @Override
    public void close() throws Exception {
        if (enumerator != null) {
            enumerator.close();
        }
    }

    private SplitEnumerator<S, E> running() {
        if (enumerator == null) {
            throw new IllegalStateException("The enumerator is not open.");
        }
        return enumerator;
    }

    private void onceStarted(OperatorContext.Action action) throws Exception {
        if (started) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    private void checkReader(int subtaskIndex) {
        if (subtaskIndex < 0 || subtaskIndex >= readers) {
            throw new IllegalArgumentException("The source '" + context().operatorName() + "' has readers 0 to "
                    + (readers - 1) + ", there is no reader " + subtaskIndex + ".");
        }
    }

    private record Restored<E>(BitSet told, E state) {}

    /** What the enumerator can do. What it does while it is made happens at the start. */
    private final class EngineContext implements SplitEnumeratorContext<S> {
        @Override
        public int parallelism() {
            return readers;
        }

        @Override
        public void assignSplit(S split, int subtaskIndex) {
            checkReader(subtaskIndex);
            if (told.get(subtaskIndex)) {
                throw new IllegalStateException(
                        "The enumerator of '" + context().operatorName()
                                + "' assigns the split '" + split.splitId() + "' to reader " + subtaskIndex
                                + " after it told it that no more splits come.");
            }
            emit(new SplitAssignment(subtaskIndex, split));
        }

        @Override
        public void signalNoMoreSplits(int subtaskIndex) {
            checkReader(subtaskIndex);
            if (!told.get(subtaskIndex)) {
                told.set(subtaskIndex);
                emit(new SplitAssignment(subtaskIndex, null));
            }
        }

        private void emit(SplitAssignment assignment) {
            unchecked(() -> context().output().emit(assignment, Timestamps.NONE));
        }

        @Override
        public <R> void callAsync(Callable<R> call, AsyncHandler<R> handler) {
            unchecked(() -> context().runAsync(call, handler::handle));
        }

        @Override
        public <R> void callAsyncPeriodically(
                Callable<R> call, AsyncHandler<R> handler, Duration initialDelay, Duration period) {
            unchecked(() -> context().schedule(initialDelay, () -> callAgain(call, handler, period)));
        }

        private <R> void callAgain(Callable<R> call, AsyncHandler<R> handler, Duration period) {
            if (isFinished()) {
                return;
            }
            context().<R>runAsync(call, (result, error) -> {
                handler.handle(result, error);
                context().schedule(period, () -> callAgain(call, handler, period));
            });
        }

        private void unchecked(OperatorContext.Action action) {
            try {
                onceStarted(action);
            } catch (Exception e) {
                throw Rethrow.unchecked(e);
            }
        }
    }
}
