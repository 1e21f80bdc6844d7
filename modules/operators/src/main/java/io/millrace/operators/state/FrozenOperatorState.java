// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An operator state as of a barrier, to be written on another thread. A part of a snapshot is the number of states, then
 * for each what it is, the length of its content, and that.
 *
 * @param content writes it; has all to itself that it reads
 */
record FrozenOperatorState(OperatorStateMeta meta, Content content) {
    /** Writes what a state holds. */
    @FunctionalInterface
    interface Content {
        void writeTo(ByteWriter out);
    }

    /** A state as it was written. */
    static FrozenOperatorState ofBytes(OperatorStateMeta meta, byte[] content) {
        return new FrozenOperatorState(meta, out -> out.writeBytes(content, 0, content.length));
    }

    static void writeAll(List<FrozenOperatorState> states, ByteWriter out) {
        out.writeVarInt(states.size());
        ByteWriter content = new ByteWriter();
        for (FrozenOperatorState state : states) {
            state.meta.write(out);
            content.reset(0);
            state.content.writeTo(content);
            out.writeVarInt(content.position());
            out.writeBytes(content.array(), 0, content.position());
        }
    }

    /** Reads what {@link #writeAll} wrote; by name. */
    static Map<String, Written> readAll(ByteReader in) {
        int count = in.readLength();
        List<Written> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            OperatorStateMeta meta = OperatorStateMeta.read(in);
            all.add(new Written(meta, in.readBytes(in.readLength())));
        }
        Map<String, Written> byName = new TreeMap<>();
        all.forEach(written -> byName.put(written.meta.name(), written));
        return byName;
    }

    /** What a snapshot holds of a state. */
    record Written(OperatorStateMeta meta, byte[] content) {}
}
