// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.DataSerializer;
import io.millrace.api.types.VersionedSerializer;

/**
 * What one of several readers reads: every so many-th group of events.
 *
 * @param reader which of them, from 0
 * @param readers how many there are
 * @param end first index that is not read by any of them
 * @param position index to read next, in a group of this reader; or any from {@code end} on
 */
record EventSplit(int reader, int readers, long end, long position) implements SourceSplit {
    /** Events in a group: a tenth of a second of event time at the usual rate, and groups make up a lap. */
    static final int GROUP = 1_000;

    static final VersionedSerializer<EventSplit> SERIALIZER = DataSerializer.of(
            "a split of Nexmark events",
            (split, out) -> {
                out.writeInt(split.reader);
                out.writeInt(split.readers);
                out.writeLong(split.end);
                out.writeLong(split.position);
            },
            in -> new EventSplit(in.readInt(), in.readInt(), in.readLong(), in.readLong()));

    EventSplit {
        if (readers < 1 || reader < 0 || reader >= readers) {
            throw new IllegalArgumentException("There is no reader " + reader + " of " + readers + ".");
        }
        if (position < 0 || position / GROUP % readers != reader) {
            throw new IllegalArgumentException(
                    "The index " + position + " is not one that reader " + reader + " of " + readers + " reads.");
        }
    }

    static EventSplit of(int reader, int readers, long end) {
        return new EventSplit(reader, readers, end, (long) reader * GROUP);
    }

    @Override
    public String splitId() {
        return "events-" + reader + "-of-" + readers;
    }

    EventSplit at(long newPosition) {
        return new EventSplit(reader, readers, end, newPosition);
    }
}
