// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitOutput;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Numbered records in splits, read at a pace that chance decides; splits go to readers that ask. */
final class SimulatedSource<T> implements BoundedSource<T, SimulatedSource.Split, List<SimulatedSource.Split>> {
    /**
     * @param number of the split
     * @param position index of its next record
     */
    record Split(int source, int number, int position) implements SourceSplit {
        @Override
        public String splitId() {
            return source + "/" + number;
        }
    }

    /** Is read a record at a time. */
    private static final int SLOW_SPLIT = 1;

    private final SimulatedWorld world;
    private final int number;
    private final Class<T> type;

    /**
     * @param number tells the job's sources apart
     */
    SimulatedSource(SimulatedWorld world, int number, Class<T> type) {
        this.world = world;
        this.number = number;
        this.type = type;
    }

    @Override
    public SplitEnumerator<Split, List<Split>> createEnumerator(SplitEnumeratorContext<Split> context) {
        List<Split> all = new ArrayList<>();
        for (int i = 0; i < world.splitsOf(number); i++) {
            all.add(new Split(number, i, 0));
        }
        return restoreEnumerator(context, all);
    }

    @Override
    public SplitEnumerator<Split, List<Split>> restoreEnumerator(
            SplitEnumeratorContext<Split> context, List<Split> state) {
        return new Enumerator(context, state);
    }

    @Override
    public SourceReader<T, Split> createReader(SourceReaderContext context) {
        return new Reader(context);
    }

    @Override
    public VersionedSerializer<Split> splitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public VersionedSerializer<List<Split>> enumeratorStateSerializer() {
        return new ListSerializer<>(new SplitSerializer());
    }

    @Override
    public Optional<TypeHint<T>> producedType() {
        return Optional.of(TypeHint.of(type));
    }

    private static final class Enumerator implements SplitEnumerator<Split, List<Split>> {
        private final SplitEnumeratorContext<Split> context;
        private final Deque<Split> unassigned;

        private Enumerator(SplitEnumeratorContext<Split> context, List<Split> splits) {
            this.context = context;
            this.unassigned = new ArrayDeque<>(splits);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtaskIndex) {
            Split next = unassigned.poll();
            if (next != null) {
                context.assignSplit(next, subtaskIndex);
            }
            if (unassigned.isEmpty()) {
                // At once, not when they ask: until then a bounded source holds its watermarks back.
                for (int reader = 0; reader < context.parallelism(); reader++) {
                    context.signalNoMoreSplits(reader);
                }
            }
        }

        @Override
        public List<Split> snapshotState(long checkpointId) {
            return new ArrayList<>(unassigned);
        }

        @Override
        public void close() {}
    }

    private final class Reader implements SourceReader<T, Split> {
        private final SourceReaderContext context;
        private final Deque<Split> splits = new ArrayDeque<>();
        private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);
        private final Set<String> paused = new HashSet<>();
        private boolean started;
        private boolean noMoreSplits;

        private Reader(SourceReaderContext context) {
            this.context = context;
        }

        @Override
        public void start() {
            started = true;
            requestAnother();
        }

        /** A split that may be silent must not keep others from being read, where there is no other reader. */
        private void requestAnother() {
            boolean only = context.parallelism() == 1 && splits.stream().allMatch(world.quietSplit()::is);
            if (splits.isEmpty() || only) {
                context.sendSplitRequest();
            }
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output, int maxRecords) {
            Split split = takeReadable();
            if (split == null) {
                return !splits.isEmpty() ? pause() : noMoreSplits ? InputStatus.END_OF_INPUT : waitForSplit();
            }
            List<Timed> records = world.recordsOf(split.source, split.number);
            int end = Math.min(records.size(), split.position + world.random().between(1, mostOf(split, maxRecords)));
            SplitOutput<T> out = output.forSplit(split.splitId());
            for (int i = split.position; i < end; i++) {
                Timed record = records.get(i);
                out.collect(type.cast(record.value()), record.timestamp());
            }
            if (end == records.size()) {
                output.finishSplit(split.splitId());
                context.sendSplitRequest();
            } else {
                splits.add(new Split(split.source, split.number, end));
            }
            return world.faults().active()
                            && world.random().chance(world.scenario().tuning().pauses())
                    ? pause()
                    : InputStatus.MORE_AVAILABLE;
        }

        private int mostOf(Split split, int maxRecords) {
            return split.number == SLOW_SPLIT
                    ? 1
                    : Math.min(world.scenario().tuning().recordsAPoll(), maxRecords);
        }

        /** Takes the next split that is neither paused nor silent; null where there is none. */
        private @Nullable Split takeReadable() {
            for (int i = splits.size(); i > 0; i--) {
                Split split = splits.remove();
                if (!paused.contains(split.splitId()) && !world.quietSplit().isSilent(split)) {
                    return split;
                }
                splits.add(split);
            }
            return null;
        }

        @Override
        public boolean pauseOrResumeSplits(Collection<String> pausing, Collection<String> resuming) {
            world.count("pause");
            if (!world.scenario().timing().pausesSplits()) {
                return false;
            }
            paused.addAll(pausing);
            paused.removeAll(resuming);
            return true;
        }

        private InputStatus waitForSplit() {
            available = new CompletableFuture<>();
            return InputStatus.NOTHING_AVAILABLE;
        }

        private InputStatus pause() {
            CompletableFuture<Void> waiting = new CompletableFuture<>();
            available = waiting;
            context.delay(Duration.ofNanos(world.random()
                            .between(100_000L, world.scenario().tuning().longestPauseNanos())))
                    .thenRun(() -> waiting.complete(null));
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletionStage<Void> isAvailable() {
            return available;
        }

        @Override
        public List<Split> snapshotState(long checkpointId) {
            return new ArrayList<>(splits);
        }

        @Override
        public void addSplits(List<Split> added) {
            splits.addAll(added);
            if (started) {
                requestAnother();
            }
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMoreSplits = true;
            available.complete(null);
        }

        @Override
        public void close() {}
    }

    private static final class SplitSerializer implements VersionedSerializer<Split> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(Split split) {
            return ByteBuffer.allocate(12)
                    .putInt(split.source)
                    .putInt(split.number)
                    .putInt(split.position)
                    .array();
        }

        @Override
        public Split deserialize(int version, byte[] bytes) throws IOException {
            if (bytes.length != 12) {
                throw new IOException("A split has 12 bytes, not " + bytes.length + ".");
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Split(in.getInt(), in.getInt(), in.getInt());
        }
    }
}
