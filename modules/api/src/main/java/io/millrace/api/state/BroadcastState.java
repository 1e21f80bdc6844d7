// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import java.util.Iterator;
import java.util.Map;

/**
 * A map that is the same in all subtasks of an operator, because each changes it in the same way for the same records
 * of a broadcast stream. Each subtask keeps, snapshots and restores the whole map.
 *
 * <p>What is done to it must depend on nothing but those records and the map itself, and not on the order in which
 * records of different broadcasting subtasks arrive, or the subtasks' maps differ. A changed value is put.
 */
@Stable
public interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V>, Iterable<Map.Entry<K, V>> {
    void put(K key, V value);

    /** Puts all entries; changes nothing where one of them has a null. */
    void putAll(Map<? extends K, ? extends V> entries);

    void remove(K key);

    /**
     * The entries in the order in which their keys were first put. They may be removed through the iterator, and changed
     * through {@link Map.Entry#setValue}.
     */
    Iterable<Map.Entry<K, V>> entries();

    @Override
    Iterator<Map.Entry<K, V>> iterator();

    boolean isEmpty();

    void clear();
}
