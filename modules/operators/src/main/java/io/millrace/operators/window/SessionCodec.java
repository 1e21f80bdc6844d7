// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import org.jspecify.annotations.Nullable;

/** The number of sessions, then each: start, end, timer, and what it holds. */
final class SessionCodec implements Codec<Session> {
    private final Codec<Object> values;

    SessionCodec(Codec<Object> values) {
        this.values = values;
    }

    @Override
    public void write(Session first, ByteWriter out) {
        int size = 0;
        for (Session one = first; one != null; one = one.next) {
            size++;
        }
        out.writeVarInt(size);
        for (Session one = first; one != null; one = one.next) {
            out.writeLong(one.start);
            out.writeLong(one.end);
            out.writeLong(one.timer);
            values.write(one.held, out);
        }
    }

    @Override
    public Session read(ByteReader in) {
        int size = in.readLength();
        if (size == 0) {
            throw new CodecException("A key's sessions are at least one, but the bytes say that there is none.");
        }
        Session first = readOne(in);
        Session last = first;
        for (int i = 1; i < size; i++) {
            last.next = readOne(in);
            last = last.next;
        }
        return first;
    }

    private Session readOne(ByteReader in) {
        long start = in.readLong();
        long end = in.readLong();
        long timer = in.readLong();
        return new Session(start, end, timer, values.read(in), null);
    }

    @Override
    public Session copy(Session first) {
        Session copy = copyOne(first);
        Session last = copy;
        for (@Nullable Session one = first.next; one != null; one = one.next) {
            last.next = copyOne(one);
            last = last.next;
        }
        return copy;
    }

    private Session copyOne(Session session) {
        return new Session(session.start, session.end, session.timer, values.copy(session.held), null);
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Codec<Session> duplicate() {
        return new SessionCodec(values.duplicate());
    }

    @Override
    public String describe() {
        return "sessions/1(" + values.describe() + ")";
    }
}
