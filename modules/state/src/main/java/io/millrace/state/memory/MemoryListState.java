// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.ListState;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NoNamespace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One list a key, which the engine owns: appended in place, and copied once where a snapshot shares it. */
final class MemoryListState<T> extends HeldState<NoNamespace, ElementList<T>>
        implements ListState<T>, NamespacedListState<NoNamespace, T> {
    private final CurrentKey keys;
    private final Versions versions;
    private final int index;
    private final ElementListCodec<T> codec;
    private final boolean elementsImmutable;

    MemoryListState(
            StateDefinition<NoNamespace, ElementList<T>> definition,
            ElementListCodec<T> codec,
            CurrentKey keys,
            Versions versions) {
        super(definition, keys, versions, null);
        this.keys = keys;
        this.versions = versions;
        this.index = index();
        this.codec = codec;
        this.elementsImmutable = codec.elementsImmutable();
    }

    @Override
    public void add(T value) {
        Objects.requireNonNull(value, "value");
        ElementList<T> list = list();
        if (list == null) {
            list = new ElementList<>(4, versions.current());
            store(list);
        } else if (versions.isShared(list.version)) {
            list = copy(list);
        }
        list.append(value);
    }

    @Override
    public List<T> get() {
        ElementList<T> list = list();
        if (list == null) {
            return List.of();
        }
        // Mutable elements may be changed by who reads them, so then the list is copied as for an append.
        return elementsImmutable || !versions.isShared(list.version) ? list : copy(list);
    }

    @Override
    public void update(List<T> values) {
        if (values.isEmpty()) {
            clearValue();
            return;
        }
        ElementList<T> list = new ElementList<>(values.size(), versions.current());
        for (T value : values) {
            list.append(Objects.requireNonNull(value, "element"));
        }
        store(list);
    }

    @Override
    public void clear() {
        clearValue();
    }

    @Override
    public boolean add(NoNamespace namespace, T value) {
        int before = size();
        add(value);
        return size() != before;
    }

    @Override
    public List<T> get(NoNamespace namespace) {
        return get();
    }

    @Override
    public void remove(NoNamespace namespace) {
        clearValue();
    }

    @SuppressWarnings("unchecked") // the state alone stores values at its index, all such lists
    private @Nullable ElementList<T> list() {
        KeyEntry entry = keys.entry();
        return entry == null ? null : (ElementList<T>) entry.get(index);
    }

    private ElementList<T> copy(ElementList<T> list) {
        ElementList<T> copy = codec.copy(list, versions.current());
        store(copy);
        return copy;
    }

    @Override
    void restoreValue(NoNamespace namespace, ElementList<T> value) {
        store(value);
    }

    @Override
    public FrozenState freeze(FrozenKeys frozenKeys) {
        return new FrozenValues<>(definition().duplicate(), index, frozenKeys);
    }
}
