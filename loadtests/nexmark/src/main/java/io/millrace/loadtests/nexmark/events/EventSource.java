// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.FixedSplitEnumerator;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first events of a stream as a source. Its readers take turns, a group of events each, so that their event times
 * stay close together; together they read the same events, however many they are.
 */
public final class EventSource implements BoundedSource<Event, EventSplit, List<EventSplit>> {
    private final EventStream events;
    private final long count;
    private final Runnable onFirst;

    /**
     * @param count how many events, over all readers, at least 0
     * @param onFirst called by each reader before it makes its first event; thread-safe
     */
    public EventSource(EventStream events, long count, Runnable onFirst) {
        if (count < 0) {
            throw new IllegalArgumentException("A source has 0 or more events, not " + count);
        }
        this.events = events;
        this.count = count;
        this.onFirst = onFirst;
    }

    @Override
    public SplitEnumerator<EventSplit, List<EventSplit>> createEnumerator(SplitEnumeratorContext<EventSplit> context) {
        int readers = context.parallelism();
        List<EventSplit> splits = IntStream.range(0, readers)
                .mapToObj(reader -> EventSplit.of(reader, readers, count))
                .toList();
        return restoreEnumerator(context, splits);
    }

    @Override
    public SplitEnumerator<EventSplit, List<EventSplit>> restoreEnumerator(
            SplitEnumeratorContext<EventSplit> context, List<EventSplit> state) {
        return new FixedSplitEnumerator<>(context, state);
    }

    @Override
    public SourceReader<Event, EventSplit> createReader(SourceReaderContext context) {
        return new EventReader(events, onFirst);
    }

    @Override
    public VersionedSerializer<EventSplit> splitSerializer() {
        return EventSplit.SERIALIZER;
    }

    @Override
    public VersionedSerializer<List<EventSplit>> enumeratorStateSerializer() {
        return new ListSerializer<>(EventSplit.SERIALIZER);
    }

    @Override
    public Optional<TypeHint<Event>> producedType() {
        return Optional.of(TypeHint.of(Event.class));
    }
}
