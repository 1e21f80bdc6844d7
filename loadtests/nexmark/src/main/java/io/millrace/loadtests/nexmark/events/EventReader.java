// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SplitOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one split after the other; a job has a split for each reader, so there are several only after it was rescaled.
 */
final class EventReader implements SourceReader<Event, EventSplit> {
    private final EventStream events;
    private final Runnable onFirst;
    private final Deque<EventSplit> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);
    private boolean noMoreSplits;
    private boolean begun;

    // The split being read, its position, and the lap in which that lies.
    private @Nullable EventSplit split;
    private long position;
    private long lapNumber = -1;
    private EventStream.Lap lap;

    EventReader(EventStream events, Runnable onFirst) {
        this.events = events;
        this.onFirst = onFirst;
        this.lap = events.lap(0);
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Event> output, int maxRecords) {
        EventSplit current = current();
        if (current == null) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : waitForSplit();
        }
        if (!begun) {
            begun = true;
            onFirst.run();
        }
        SplitOutput<Event> out = output.forSplit(current.splitId());
        long left = maxRecords;
        while (left > 0 && position < current.end()) {
            left -= emit(current, out, left);
        }
        if (position >= current.end()) {
            split = null;
            output.finishSplit(current.splitId());
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** Emits up to the end of the group, and moves on to this reader's next one there. */
    private long emit(EventSplit current, SplitOutput<Event> out, long most) {
        long begin = position;
        long groupEnd = begin - begin % EventSplit.GROUP + EventSplit.GROUP;
        long end = Math.min(Math.min(groupEnd, current.end()), begin + most);
        long number = begin / EventStream.LAP;
        if (number != lapNumber) {
            lapNumber = number;
            lap = events.lap(number);
        }
        // The position moves first: a reader that goes on after a failure of the job's functions must not repeat.
        position = end == groupEnd ? end + (long) (current.readers() - 1) * EventSplit.GROUP : end;
        int place = (int) (begin % EventStream.LAP);
        int last = place + (int) (end - begin);
        EventStream.Lap made = lap;
        while (place < last) {
            Event event = made.event(place++);
            out.collect(event, event.dateTime());
        }
        return end - begin;
    }

    private @Nullable EventSplit current() {
        if (split == null) {
            split = waiting.poll();
            if (split != null) {
                position = split.position();
            }
        }
        return split;
    }

    private InputStatus waitForSplit() {
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletionStage<Void> isAvailable() {
        return available;
    }

    @Override
    public List<EventSplit> snapshotState(long checkpointId) {
        List<EventSplit> unfinished = new ArrayList<>();
        if (split != null) {
            unfinished.add(split.at(position));
        }
        unfinished.addAll(waiting);
        return unfinished;
    }

    @Override
    public void addSplits(List<EventSplit> splits) {
        waiting.addAll(splits);
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
