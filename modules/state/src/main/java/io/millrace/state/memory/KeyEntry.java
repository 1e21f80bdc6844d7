// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import org.jspecify.annotations.Nullable;

/**
 * All that is kept for one key: the values of the operator's states by index, the first of them in a field of its own
 * because most operators have but one. Values change in place unless a snapshot shares the entry; then a new entry takes
 * its place. An entry always holds something.
 */
final class KeyEntry {
    final Object key;
    final int hash;
    final int version;
    private @Nullable Object first;
    private @Nullable Object @Nullable [] more;

    KeyEntry(Object key, int hash, int version) {
        this.key = key;
        this.hash = hash;
        this.version = version;
    }

    /** The same values under another version. */
    KeyEntry shallowCopy(int newVersion) {
        KeyEntry copy = new KeyEntry(key, hash, newVersion);
        copy.first = first;
        copy.more = more == null ? null : more.clone();
        return copy;
    }

    @Nullable
    Object get(int index) {
        if (index == 0) {
            return first;
        }
        @Nullable Object[] others = more;
        return others != null && index <= others.length ? others[index - 1] : null;
    }

    /** Stores a value, or null for none. */
    void set(int index, @Nullable Object value) {
        // An unchanged reference is not stored: a garbage collector's write barrier costs more than the test.
        if (get(index) == value) {
            return;
        }
        if (index == 0) {
            first = value;
            return;
        }
        @Nullable Object[] others = more;
        if (others == null || index > others.length) {
            others = grown(others, index);
            more = others;
        }
        others[index - 1] = value;
    }

    private static @Nullable Object[] grown(@Nullable Object @Nullable [] values, int length) {
        @Nullable Object[] longer = new Object[length];
        if (values != null) {
            System.arraycopy(values, 0, longer, 0, values.length);
        }
        return longer;
    }

    /** True when no state but that of the index has a value. */
    boolean isEmptyBut(int index) {
        if (index != 0 && first != null) {
            return false;
        }
        int length = more == null ? 0 : more.length;
        for (int i = 1; i <= length; i++) {
            if (i != index && get(i) != null) {
                return false;
            }
        }
        return true;
    }
}
