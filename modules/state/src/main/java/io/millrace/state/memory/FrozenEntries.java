// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.RunKeys;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Values or lists as of a snapshot. */
final class FrozenEntries<N, T> extends FrozenState<Entry> {
    private final StateDefinition<N, T> definition;
    private final @Nullable Object[] slots;
    private final ByteWriter scratch = new ByteWriter();

    /**
     * @param definition with codecs of its own
     * @param slots a copy of the table's; free ones are null
     */
    FrozenEntries(StateDefinition<N, T> definition, @Nullable Object[] slots) {
        super(definition.meta());
        this.definition = definition;
        this.slots = slots;
    }

    @Override
    void forEach(Consumer<Entry> action) {
        for (Object slot : slots) {
            if (slot != null) {
                action.accept((Entry) slot);
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the state that made the entries is N's and T's
    void writeEntryKey(Entry entry, ByteWriter out) {
        RunKeys.writeKey(entry.key, definition.keyCodec(), scratch, out);
        definition.namespaceCodec().write((N) entry.namespace, out);
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    void writeValue(Entry entry, ByteWriter out) {
        definition.valueCodec().write((T) entry.value, out);
    }
}
