// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.state.ListState;
import io.millrace.state.NamespacedListState;
import java.util.List;

/** A list of the window that its {@link WindowStates} are at. */
final class WindowList<W, T> implements ListState<T> {
    private final WindowStates<W> states;
    private final NamespacedListState<W, T> lists;

    WindowList(WindowStates<W> states, NamespacedListState<W, T> lists) {
        this.states = states;
        this.lists = lists;
    }

    /** The same of all windows. */
    NamespacedListState<W, T> ofAll() {
        return lists;
    }

    @Override
    public void add(T value) {
        lists.add(states.window(), value);
    }

    @Override
    public List<T> get() {
        return lists.get(states.window());
    }

    @Override
    public void update(List<T> values) {
        List<T> copy = List.copyOf(values);
        lists.remove(states.window());
        for (T value : copy) {
            lists.add(states.window(), value);
        }
    }

    @Override
    public void clear() {
        lists.remove(states.window());
    }
}
