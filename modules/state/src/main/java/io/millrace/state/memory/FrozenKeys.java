// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.KeyedStateSettings;
import org.jspecify.annotations.Nullable;

/** The keys' entries as of a snapshot, which all states share that hang from them. */
final class FrozenKeys {
    private final GroupedReferences<KeyEntry> entries;

    /**
     * @param slots a copy of the table's; free ones are null
     */
    FrozenKeys(KeyedStateSettings settings, @Nullable Object[] slots) {
        this.entries = new GroupedReferences<>(slots, entry -> settings.keyGroupOf(entry.hash));
    }

    GroupedReferences<KeyEntry> entries() {
        return entries;
    }
}
