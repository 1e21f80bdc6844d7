// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.util.List;

/** A list for each key and namespace; the key is the backend's current one. */
public interface NamespacedListState<N, T> {
    /** Appends; true when the list has become one by it, for it was empty. */
    boolean add(N namespace, T value);

    /** Unmodifiable, valid until the next change. Empty where there is none. */
    List<T> get(N namespace);

    void remove(N namespace);
}
