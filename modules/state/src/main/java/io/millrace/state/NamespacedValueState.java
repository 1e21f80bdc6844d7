// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value for each key and namespace; the key is the backend's current one. */
public interface NamespacedValueState<N, T> {
    /** The value; one of a mutable type may be changed in place and counts as changed. */
    @Nullable
    T get(N namespace);

    /** The value, for one who does not change it. */
    @Nullable
    T peek(N namespace);

    void put(N namespace, T value);

    void remove(N namespace);

    /** Adds the namespaces of the current key that have a value, in no order. */
    void addNamespacesTo(List<N> namespaces);
}
