// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import java.util.List;

/** A list for each key. */
@Stable
public interface ListState<T> {
    void add(T value);

    /** The current key's values in order; unmodifiable, valid until the next change. Empty where there are none. */
    List<T> get();

    /** Replaces the current key's values. */
    void update(List<T> values);

    void clear();
}
