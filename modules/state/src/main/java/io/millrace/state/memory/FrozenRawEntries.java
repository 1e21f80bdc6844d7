// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.StateMeta;
import java.util.ArrayList;
import java.util.List;

/** A state that was restored and not declared since, as of a snapshot. */
final class FrozenRawEntries extends FrozenState {
    private final List<byte[]> chunks;
    private GroupedReferences<RawEntry> entries = new GroupedReferences<>(new Object[0], RawEntry::keyGroup);

    FrozenRawEntries(StateMeta meta, List<byte[]> chunks) {
        super(meta);
        this.chunks = chunks;
    }

    @Override
    void group(int firstKeyGroup, int endKeyGroup) {
        List<RawEntry> all = new ArrayList<>();
        for (byte[] chunk : chunks) {
            RawEntries.read(chunk, all::add);
        }
        entries = new GroupedReferences<>(all.toArray(), RawEntry::keyGroup);
        entries.group(firstKeyGroup, endKeyGroup);
    }

    @Override
    void collect(int keyGroup, SortedKeys keys) {
        int to = entries.to(keyGroup);
        for (int i = entries.from(keyGroup); i < to; i++) {
            RawEntry entry = entries.at(i);
            keys.nextKey().writeBytes(entry.chunk(), entry.keyOffset(), entry.keyLength());
            keys.add(entry);
        }
    }

    @Override
    void writeValue(Object entry, ByteWriter out) {
        RawEntry raw = (RawEntry) entry;
        out.writeBytes(raw.chunk(), raw.valueOffset(), raw.valueLength());
    }
}
