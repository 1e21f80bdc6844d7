// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.ListState;
import io.millrace.state.NoNamespace;
import java.util.List;

/** A user's list state: one without namespaces. */
final class PlainListState<T> implements ListState<T> {
    private final MemoryListState<NoNamespace, T> lists;

    PlainListState(MemoryListState<NoNamespace, T> lists) {
        this.lists = lists;
    }

    @Override
    public void add(T value) {
        lists.add(NoNamespace.INSTANCE, value);
    }

    @Override
    public List<T> get() {
        return lists.get(NoNamespace.INSTANCE);
    }

    @Override
    public void update(List<T> values) {
        lists.replace(NoNamespace.INSTANCE, values);
    }

    @Override
    public void clear() {
        lists.remove(NoNamespace.INSTANCE);
    }
}
