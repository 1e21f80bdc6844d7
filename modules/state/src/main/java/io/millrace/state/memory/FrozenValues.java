// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.NoNamespace;
import io.millrace.state.RunKeys;

/** Values or lists without namespaces, as of a snapshot. */
final class FrozenValues<T> extends FrozenState {
    private static final int AHEAD = 128;

    private final StateDefinition<NoNamespace, T> definition;
    private final int index;
    private final GroupedReferences<KeyEntry> entries;
    private final ByteWriter scratch = new ByteWriter();

    /** What was found ahead, so that nobody takes it for dead code. */
    private int fetched;

    /**
     * @param definition with codecs of its own
     */
    FrozenValues(StateDefinition<NoNamespace, T> definition, int index, FrozenKeys keys) {
        super(definition.meta());
        this.definition = definition;
        this.index = index;
        this.entries = keys.entries();
    }

    @Override
    void group(int firstKeyGroup, int endKeyGroup) {
        entries.group(firstKeyGroup, endKeyGroup);
    }

    @Override
    void collect(int keyGroup, SortedKeys keys) {
        int from = entries.from(keyGroup);
        int to = entries.to(keyGroup);
        for (int i = from; i < to; i++) {
            if ((i - from) % AHEAD == 0) {
                fetch(i, Math.min(to, i + AHEAD));
            }
            KeyEntry entry = entries.at(i);
            Object value = entry.get(index);
            if (value != null) {
                RunKeys.writeKey(entry.key, definition.keyCodec(), scratch, keys.nextKey());
                keys.add(value);
            }
        }
    }

    /** Reads keys and values of some entries, so that the misses of the processor's cache overlap. */
    private void fetch(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            KeyEntry entry = entries.at(i);
            Object value = entry.get(index);
            // The class of an object is in its header: reading it brings in the object.
            if (entry.key.getClass() == Void.class || value != null && value.getClass() == Void.class) {
                sum++;
            }
        }
        fetched = sum;
    }

    @Override
    @SuppressWarnings("unchecked") // the state that holds the values is T's
    void writeValue(Object value, ByteWriter out) {
        definition.valueCodec().write((T) value, out);
    }
}
