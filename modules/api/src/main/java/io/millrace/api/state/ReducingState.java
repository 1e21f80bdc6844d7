// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import org.jspecify.annotations.Nullable;

/** One value for each key, which is all values that were added, combined by the descriptor's function. */
@Stable
public interface ReducingState<T> {
    /**
     * Combines a value with the current key's, on its right; the first one is taken as it is.
     *
     * @throws Exception what the function throws; the state is then as it was
     */
    void add(T value) throws Exception;

    /** The current key's value, or null where none was added. A mutable value may be changed in place. */
    @Nullable
    T get();

    void clear();
}
