// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.StateMeta;
import java.util.List;
import java.util.function.Consumer;

/** A state that was restored and not declared since, as of a snapshot. */
final class FrozenRawEntries extends FrozenState<RawEntry> {
    private final List<byte[]> chunks;

    FrozenRawEntries(StateMeta meta, List<byte[]> chunks) {
        super(meta);
        this.chunks = chunks;
    }

    @Override
    void forEach(Consumer<RawEntry> action) {
        for (byte[] chunk : chunks) {
            RawEntries.read(chunk, action);
        }
    }

    @Override
    void writeEntryKey(RawEntry entry, ByteWriter out) {
        out.writeBytes(entry.chunk(), entry.keyOffset(), entry.keyLength());
    }

    @Override
    void writeValue(RawEntry entry, ByteWriter out) {
        out.writeBytes(entry.chunk(), entry.valueOffset(), entry.valueLength());
    }
}
