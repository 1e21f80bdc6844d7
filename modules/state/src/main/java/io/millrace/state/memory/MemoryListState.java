// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.NamespacedListState;
import java.util.List;
import java.util.Objects;

/** Lists as values that the engine owns: appended in place, and copied once where a snapshot shares them. */
final class MemoryListState<N, T> implements NamespacedListState<N, T>, MemoryState {
    private final MemoryValueState<N, ElementList<T>> lists;
    private final boolean elementsImmutable;

    MemoryListState(
            StateDefinition<N, ElementList<T>> definition,
            boolean elementsImmutable,
            CurrentKey current,
            Versions versions) {
        this.lists = new MemoryValueState<>(definition, current, versions);
        this.elementsImmutable = elementsImmutable;
    }

    @Override
    public void add(N namespace, T value) {
        Objects.requireNonNull(value, "value");
        ElementList<T> list = lists.get(namespace);
        if (list == null) {
            list = new ElementList<>(4);
            lists.put(namespace, list);
        }
        list.append(value);
    }

    @Override
    public List<T> get(N namespace) {
        // Mutable elements may be changed by who reads them, so then the list is copied as for an append.
        ElementList<T> list = elementsImmutable ? lists.peek(namespace) : lists.get(namespace);
        return list == null ? List.of() : list;
    }

    @Override
    public void remove(N namespace) {
        lists.remove(namespace);
    }

    void replace(N namespace, List<T> values) {
        if (values.isEmpty()) {
            lists.remove(namespace);
            return;
        }
        ElementList<T> list = new ElementList<>(values.size());
        for (T value : values) {
            list.append(Objects.requireNonNull(value, "element"));
        }
        lists.put(namespace, list);
    }

    @Override
    public StateDefinition<?, ?> definition() {
        return lists.definition();
    }

    @Override
    public int size() {
        return lists.size();
    }

    @Override
    public FrozenState<?> freeze() {
        return lists.freeze();
    }

    @Override
    public void restore(RawEntry entry) {
        lists.restore(entry);
    }
}
