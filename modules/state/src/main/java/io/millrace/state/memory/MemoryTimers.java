// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;
import io.millrace.state.NoNamespace;
import io.millrace.state.RunKeys;
import io.millrace.state.TimerQueue;
import org.jspecify.annotations.Nullable;

/** Timers in a heap, by time, and in a table, so that there is one of each. */
final class MemoryTimers<N> implements TimerQueue<N>, MemoryState {
    private final StateDefinition<N, NoNamespace> definition;
    private final CurrentKey current;
    private final TimerTable<N> table = new TimerTable<>();
    private final TimerHeap<N> heap;

    MemoryTimers(StateDefinition<N, NoNamespace> definition, CurrentKey current) {
        this.definition = definition;
        this.current = current;
        this.heap = new TimerHeap<>(new TimerOrder<>(definition.keyCodec(), definition.namespaceCodec()));
    }

    @Override
    public void add(long timestamp, N namespace) {
        Object key = current.key();
        int keyHash = current.hash();
        if (table.find(timestamp, key, keyHash, namespace) == null) {
            TimerEntry<N> timer = new TimerEntry<>(timestamp, key, current.keyGroup(), keyHash, namespace);
            table.add(timer);
            heap.add(timer);
        }
    }

    @Override
    public void remove(long timestamp, N namespace) {
        TimerEntry<N> timer = table.find(timestamp, current.key(), current.hash(), namespace);
        if (timer != null) {
            remove(timer);
        }
    }

    @Override
    public @Nullable Timer<N> pollUntil(long timestamp) {
        TimerEntry<N> first = heap.first();
        if (first == null || first.timestamp > timestamp) {
            return null;
        }
        remove(first);
        return new Timer<>(first.timestamp, first.key, first.keyHash, first.namespace);
    }

    private void remove(TimerEntry<N> timer) {
        table.remove(timer);
        heap.remove(timer);
    }

    @Override
    public int size() {
        return heap.size();
    }

    @Override
    public StateDefinition<?, ?> definition() {
        return definition;
    }

    @Override
    public FrozenState<?> freeze() {
        return new FrozenTimers<>(definition.duplicate(), heap.copy());
    }

    @Override
    public void restore(RawEntry entry) {
        ByteReader entryKey = entry.keyReader();
        Object key = RunKeys.readKey(entryKey, definition.keyCodec());
        long timestamp = RunKeys.readTimestamp(entryKey);
        N namespace = definition.namespaceCodec().read(entryKey);
        RunKeys.requireEnd(entryKey, "namespace");
        RunKeys.requireEnd(entry.valueReader(), "timer, which has no value");
        current.setRestored(key, entry.keyGroup());
        add(timestamp, namespace);
    }
}
