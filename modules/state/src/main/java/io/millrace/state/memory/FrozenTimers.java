// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.NoNamespace;
import io.millrace.state.RunKeys;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Timers as of a snapshot. */
final class FrozenTimers<N> extends FrozenState<TimerEntry<N>> {
    private final StateDefinition<N, NoNamespace> definition;
    private final @Nullable Object[] timers;
    private final ByteWriter scratch = new ByteWriter();

    /**
     * @param definition with codecs of its own
     * @param timers a copy of the heap's array
     */
    FrozenTimers(StateDefinition<N, NoNamespace> definition, @Nullable Object[] timers) {
        super(definition.meta());
        this.definition = definition;
        this.timers = timers;
    }

    @Override
    @SuppressWarnings("unchecked") // the heap that the array was copied from has N's timers
    void forEach(Consumer<TimerEntry<N>> action) {
        for (Object timer : timers) {
            action.accept((TimerEntry<N>) timer);
        }
    }

    @Override
    void writeEntryKey(TimerEntry<N> timer, ByteWriter out) {
        RunKeys.writeKey(timer.key, definition.keyCodec(), scratch, out);
        RunKeys.writeTimestamp(timer.timestamp, out);
        definition.namespaceCodec().write(timer.namespace, out);
    }

    @Override
    void writeValue(TimerEntry<N> timer, ByteWriter out) {}
}
