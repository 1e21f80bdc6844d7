// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import org.jspecify.annotations.Nullable;

/** One value for each key. */
@Stable
public interface ValueState<T> {
    /**
     * The current key's value, or null where there is none. A mutable value may be changed in place: the engine copies
     * it once a checkpoint interval when it is read, and counts it as changed.
     */
    @Nullable
    T value();

    /** Sets the current key's value; null clears it. */
    void update(@Nullable T value);

    void clear();
}
