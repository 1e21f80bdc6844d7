// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.state.RunKeys;
import io.millrace.state.StateMeta;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A restored state's entries as they were written, until the state is declared. They lie packed in chunks, which are
 * let go of one by one as they are drained. Chunks never change once they are full, so snapshots share them.
 */
final class RawEntries {
    private static final int CHUNK_LENGTH = 1 << 18;

    private final StateMeta meta;
    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private ByteWriter open = new ByteWriter();
    private int size;

    RawEntries(StateMeta meta) {
        this.meta = meta;
    }

    StateMeta meta() {
        return meta;
    }

    int size() {
        return size;
    }

    void add(byte[] compositeKey, byte[] value) {
        int keyLength = compositeKey.length - RunKeys.PREFIX_LENGTH;
        open.writeShort(RunKeys.keyGroup(compositeKey));
        open.writeVarInt(keyLength);
        open.writeBytes(compositeKey, RunKeys.PREFIX_LENGTH, keyLength);
        open.writeVarInt(value.length);
        open.writeBytes(value, 0, value.length);
        size++;
        if (open.position() >= CHUNK_LENGTH) {
            seal();
        }
    }

    /** Takes over the entries of another run. */
    void addAll(RawEntries other) {
        seal();
        other.seal();
        chunks.addAll(other.chunks);
        size += other.size;
    }

    /** Hands out all entries and lets go of them. */
    void drain(Consumer<RawEntry> action) {
        seal();
        for (byte[] chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            read(chunk, action);
        }
        size = 0;
    }

    FrozenState freeze() {
        seal();
        return new FrozenRawEntries(meta, List.copyOf(chunks));
    }

    private void seal() {
        if (open.position() > 0) {
            chunks.add(open.toByteArray());
            open = new ByteWriter();
        }
    }

    static void read(byte[] chunk, Consumer<RawEntry> action) {
        ByteReader in = new ByteReader(chunk);
        while (in.remaining() > 0) {
            int keyGroup = in.readUnsignedShort();
            int keyLength = in.readLength();
            int keyOffset = in.position();
            in.skip(keyLength);
            int valueLength = in.readLength();
            int valueOffset = in.position();
            in.skip(valueLength);
            action.accept(new RawEntry(chunk, keyGroup, keyOffset, keyLength, valueOffset, valueLength));
        }
    }
}
