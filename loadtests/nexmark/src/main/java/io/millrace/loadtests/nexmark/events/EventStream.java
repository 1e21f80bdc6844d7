// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All events, endless: a pure function of seed, rate and index.
 *
 * <p>Two laps are made with all care, and the second is replayed for ever, with the ids and times of the lap that it
 * stands for. The first lap is the benchmark's beginning, with few people and auctions to choose from. A lap has as many
 * events as it takes for a thousand people, all the active ones, so that the second draws from its full range; and as
 * hot ids are multiples of 100, and so are a lap's people and auctions, replaying it goes on where it ended.
 *
 * <p>Immutable, thread-safe.
 */
public final class EventStream {
    /** Events in a lap. */
    public static final int LAP = EventMaker.ACTIVE_PEOPLE * EventMaker.ROUND;

    private static final long PEOPLE_A_LAP = (long) LAP / EventMaker.ROUND * EventMaker.PEOPLE;
    private static final long AUCTIONS_A_LAP = (long) LAP / EventMaker.ROUND * EventMaker.AUCTIONS;

    private record Key(long seed, long perSecond) {}

    private static final ConcurrentHashMap<Key, EventStream> STREAMS = new ConcurrentHashMap<>();

    private final Event[] beginning;
    private final Event[] replayed;
    private final EventTimes times;

    private EventStream(Key key) {
        times = new EventTimes(key.perSecond);
        EventMaker maker = new EventMaker(key.seed, times);
        beginning = new Event[LAP];
        for (int i = 0; i < LAP; i++) {
            beginning[i] = maker.next(i);
        }
        replayed = new Event[LAP];
        for (int i = 0; i < LAP; i++) {
            replayed[i] = maker.next(LAP + i);
        }
    }

    /**
     * The stream of a seed and rate; made at the first call, which takes a moment, and kept in this JVM.
     *
     * @param perSecond events in a second of event time
     * @throws IllegalArgumentException when the rate is out of range
     */
    public static EventStream of(long seed, long perSecond) {
        return STREAMS.computeIfAbsent(new Key(seed, perSecond), EventStream::new);
    }

    /** The event of an index, for whoever wants a few. */
    public Event at(long index) {
        return lap(index / LAP).event((int) (index % LAP));
    }

    /** The events from 0 to {@code count - 1}, in order. */
    public Iterator<Event> first(long count) {
        return new Cursor(this, count);
    }

    /** One lap, from 0. */
    Lap lap(long number) {
        if (number == 0) {
            return new Lap(beginning, 0, 0, 0);
        }
        long laps = number - 1;
        // From the lap's own first time: at rates that divide no millisecond, equal shifts do not add up to it.
        long millis = times.ofLap(number) - times.ofLap(1);
        return new Lap(replayed, laps * PEOPLE_A_LAP, laps * AUCTIONS_A_LAP, millis);
    }

    /** The events of one lap. */
    static final class Lap {
        private final Event[] events;
        private final long people;
        private final long auctions;
        private final long millis;

        private Lap(Event[] events, long people, long auctions, long millis) {
            this.events = events;
            this.people = people;
            this.auctions = auctions;
            this.millis = millis;
        }

        /** Makes the event at a place in the lap. */
        Event event(int place) {
            Event event = events[place];
            // Nearly all are bids: a type check is cheaper than a call with three targets.
            return event instanceof Bid bid
                    ? bid.shifted(people, auctions, millis)
                    : event.shifted(people, auctions, millis);
        }
    }

    private static final class Cursor implements Iterator<Event> {
        private final EventStream stream;
        private final long count;
        private long index;
        private int place;
        private Lap lap;

        private Cursor(EventStream stream, long count) {
            this.stream = stream;
            this.count = count;
            this.lap = stream.lap(0);
        }

        @Override
        public boolean hasNext() {
            return index < count;
        }

        @Override
        public Event next() {
            if (index >= count) {
                throw new NoSuchElementException("There are " + count + " events only.");
            }
            if (place == LAP) {
                place = 0;
                lap = stream.lap(index / LAP);
            }
            index++;
            return lap.event(place++);
        }
    }
}
