// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

/**
 * A key's state. The value changes in place unless the entry is shared with a snapshot; then a new entry takes its
 * place.
 */
final class Entry implements Grouped {
    final Object key;
    final Object namespace;
    final int keyGroup;
    final int version;
    Object value;

    Entry(Object key, Object namespace, int keyGroup, int version, Object value) {
        this.key = key;
        this.namespace = namespace;
        this.keyGroup = keyGroup;
        this.version = version;
        this.value = value;
    }

    @Override
    public int keyGroup() {
        return keyGroup;
    }
}
