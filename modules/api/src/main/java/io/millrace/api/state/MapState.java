// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map for each key of the stream. Its entries are kept one by one, so that a call costs the same however large the map
 * is.
 *
 * <p>The map's own keys must be of a type that could be a stream's key too: text, numbers, enums, dates and the like, or
 * records of these. Neither keys nor values are ever null.
 *
 * <p>The order of iteration is unspecified and may be another one after a recovery: sort where the outcome depends on
 * it. An entry may be removed through the iterator and changed through {@link Map.Entry#setValue}, and an existing key
 * may be given another value. Any other change ends the iteration with a {@link
 * java.util.ConcurrentModificationException}, and it must end before the call that began it returns.
 *
 * @param <K> keys of the map
 * @param <V> values
 */
@Stable
public interface MapState<K, V> extends Iterable<Map.Entry<K, V>> {
    /**
     * The value of a key, or null where there is none. A mutable value may be changed in place: the engine copies it
     * once a checkpoint interval when it is read, and counts it as changed.
     */
    @Nullable
    V get(K key);

    boolean contains(K key);

    void put(K key, V value);

    /** Puts all entries; changes nothing where one of them has a null. */
    void putAll(Map<? extends K, ? extends V> entries);

    void remove(K key);

    /** The entries as they are while they are iterated. */
    Iterable<Map.Entry<K, V>> entries();

    Iterable<K> keys();

    Iterable<V> values();

    @Override
    Iterator<Map.Entry<K, V>> iterator();

    boolean isEmpty();

    void clear();
}
