// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map that is the same in all subtasks of an operator, as those see it that may not change it. Values that are read
 * must not be changed in place: other subtasks would not see it.
 *
 * @param <K> keys of the map: of a type that could be a stream's key
 * @param <V> values
 */
@Stable
public interface ReadOnlyBroadcastState<K, V> {
    /** The value of a key, or null where there is none. */
    @Nullable
    V get(K key);

    boolean contains(K key);

    /**
     * The entries, in the order in which their keys were first put; also after a recovery. They must not be iterated
     * any more once the map was changed, but through that iterator where it is a {@link BroadcastState}'s.
     */
    Iterable<Map.Entry<K, V>> immutableEntries();
}
