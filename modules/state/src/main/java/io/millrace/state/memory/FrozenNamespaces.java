// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.RunKeys;

/** Values or lists by namespace, as of a snapshot. */
final class FrozenNamespaces<N, T> extends FrozenState {
    private final StateDefinition<N, T> definition;
    private final int index;
    private final GroupedReferences<KeyEntry> entries;
    private final ByteWriter scratch = new ByteWriter();

    /**
     * @param definition with codecs of its own
     */
    FrozenNamespaces(StateDefinition<N, T> definition, int index, FrozenKeys keys) {
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
        int to = entries.to(keyGroup);
        for (int i = entries.from(keyGroup); i < to; i++) {
            KeyEntry entry = entries.at(i);
            Object held = entry.get(index);
            if (held instanceof NamespaceTable table) {
                table.forEach(node -> add(entry, node, keys));
            } else {
                for (NamespaceNode node = (NamespaceNode) held; node != null; node = node.next) {
                    add(entry, node, keys);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // the state that made the nodes is N's and T's
    private void add(KeyEntry entry, NamespaceNode node, SortedKeys keys) {
        ByteWriter out = keys.nextKey();
        RunKeys.writeKey(entry.key, definition.keyCodec(), scratch, out);
        definition.namespaceCodec().write((N) node.namespace, out);
        keys.add(node.value);
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    void writeValue(Object value, ByteWriter out) {
        definition.valueCodec().write((T) value, out);
    }
}
