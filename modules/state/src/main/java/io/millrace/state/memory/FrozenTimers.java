// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.state.NoNamespace;
import io.millrace.state.RunKeys;

/** Timers as of a snapshot. */
final class FrozenTimers<N> extends FrozenState {
    private final StateDefinition<N, NoNamespace> definition;
    private final GroupedReferences<TimerEntry<N>> timers;
    private final ByteWriter scratch = new ByteWriter();

    /**
     * @param definition with codecs of its own
     * @param timers references of the snapshot's own
     */
    FrozenTimers(StateDefinition<N, NoNamespace> definition, GroupedReferences<TimerEntry<N>> timers) {
        super(definition.meta());
        this.definition = definition;
        this.timers = timers;
    }

    @Override
    void group(int firstKeyGroup, int endKeyGroup) {
        timers.group(firstKeyGroup, endKeyGroup);
    }

    @Override
    void collect(int keyGroup, SortedKeys keys) {
        int to = timers.to(keyGroup);
        for (int i = timers.from(keyGroup); i < to; i++) {
            TimerEntry<N> timer = timers.at(i);
            ByteWriter out = keys.nextKey();
            RunKeys.writeKey(timer.key, definition.keyCodec(), scratch, out);
            RunKeys.writeTimestamp(timer.timestamp, out);
            definition.namespaceCodec().write(timer.namespace, out);
            keys.add(timer);
        }
    }

    @Override
    void writeValue(Object timer, ByteWriter out) {}
}
