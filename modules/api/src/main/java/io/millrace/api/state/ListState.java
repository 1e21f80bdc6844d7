// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import java.util.List;

/** A list for each key, or, as operator state, one for each subtask. Elements are never null. */
@Stable
public interface ListState<T> {
    void add(T value);

    /** Adds all values in their order; adds none where one is null. */
    default void addAll(List<? extends T> values) {
        // A copy, for the values may be those of this list.
        for (T value : List.copyOf(values)) {
            add(value);
        }
    }

    /** The current key's values in order; unmodifiable, valid until the next change. Empty where there are none. */
    List<T> get();

    /** Replaces the current key's values. */
    void update(List<T> values);

    void clear();
}
