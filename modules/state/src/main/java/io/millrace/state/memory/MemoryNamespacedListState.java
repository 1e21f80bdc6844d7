// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import java.util.List;
import java.util.Objects;

/** Lists by namespace, as values that the engine owns: appended in place. */
final class MemoryNamespacedListState<N, T> implements NamespacedListState<N, T> {
    private final NamespacedValueState<N, ElementList<T>> lists;
    private final boolean elementsImmutable;

    MemoryNamespacedListState(NamespacedValueState<N, ElementList<T>> lists, boolean elementsImmutable) {
        this.lists = lists;
        this.elementsImmutable = elementsImmutable;
    }

    @Override
    public boolean add(N namespace, T value) {
        Objects.requireNonNull(value, "value");
        ElementList<T> list = lists.get(namespace);
        boolean first = list == null;
        if (list == null) {
            list = new ElementList<>(4, 0);
            lists.put(namespace, list);
        }
        list.append(value);
        return first;
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
}
