// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.VersionedSerializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A source whose reader does at each poll what the test told it, and remembers what it was called for. */
class ScriptedSource implements Source<Long, ScriptedSource.NamedSplit, String> {
    record NamedSplit(String splitId) implements SourceSplit {}

    /** The same with an end. */
    static final class Bounded extends ScriptedSource implements BoundedSource<Long, NamedSplit, String> {}

    /** What a poll does. */
    interface Poll {
        InputStatus run(ReaderOutput<Long> out);
    }

    /** Strings as UTF-8. */
    private record Text<T>(Function<T, String> toText, Function<String, T> fromText) implements VersionedSerializer<T> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            return toText.apply(value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return fromText.apply(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    final List<String> calls = new ArrayList<>();
    final Deque<Poll> polls = new ArrayDeque<>();
    final List<String> unfinished = new ArrayList<>();
    boolean pausesSplits;
    int polled;
    int asked;
    CompletableFuture<Void> available = new CompletableFuture<>();
    SourceReaderContext readerContext;
    SplitEnumeratorContext<NamedSplit> enumeratorContext;

    @Override
    public SplitEnumerator<NamedSplit, String> createEnumerator(SplitEnumeratorContext<NamedSplit> context) {
        calls.add("create");
        enumeratorContext = context;
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<NamedSplit, String> restoreEnumerator(
            SplitEnumeratorContext<NamedSplit> context, String state) {
        calls.add("restore " + state);
        enumeratorContext = context;
        return new Enumerator();
    }

    @Override
    public SourceReader<Long, NamedSplit> createReader(SourceReaderContext context) {
        readerContext = context;
        return new Reader();
    }

    @Override
    public VersionedSerializer<NamedSplit> splitSerializer() {
        return new Text<>(NamedSplit::splitId, NamedSplit::new);
    }

    @Override
    public VersionedSerializer<String> enumeratorStateSerializer() {
        return new Text<>(Function.identity(), Function.identity());
    }

    private final class Enumerator implements SplitEnumerator<NamedSplit, String> {
        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public void handleSplitRequest(int subtaskIndex) {
            calls.add("request " + subtaskIndex);
        }

        @Override
        public String snapshotState(long checkpointId) {
            return "state " + checkpointId;
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private final class Reader implements SourceReader<Long, NamedSplit> {
        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output, int maxRecords) {
            polled++;
            asked = maxRecords;
            Poll poll = polls.poll();
            return poll == null ? InputStatus.NOTHING_AVAILABLE : poll.run(output);
        }

        @Override
        public CompletionStage<Void> isAvailable() {
            return available;
        }

        @Override
        public List<NamedSplit> snapshotState(long checkpointId) {
            return unfinished.stream().map(NamedSplit::new).toList();
        }

        @Override
        public void addSplits(List<NamedSplit> splits) {
            splits.forEach(split -> {
                calls.add("add " + split.splitId());
                unfinished.add(split.splitId());
            });
        }

        @Override
        public boolean pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) {
            calls.add("pause " + paused + " resume " + resumed);
            return pausesSplits;
        }

        @Override
        public void notifyNoMoreSplits() {
            calls.add("no more");
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            calls.add("complete " + checkpointId);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
