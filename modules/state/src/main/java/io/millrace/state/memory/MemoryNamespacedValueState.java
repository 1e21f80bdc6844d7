// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.Codec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values by namespace, in a chain from the key's entry, or in a table where they are many. One of a mutable type is
 * copied when it is read while a snapshot shares it.
 */
final class MemoryNamespacedValueState<N, T> extends HeldNamespaces<N, T> {
    private final CurrentKey keys;
    private final Versions versions;
    private final int index;
    private final Codec<T> codec;
    private final boolean immutable;

    MemoryNamespacedValueState(StateDefinition<N, T> definition, CurrentKey keys, Versions versions) {
        super(definition, keys, versions);
        this.keys = keys;
        this.versions = versions;
        this.index = index();
        this.codec = definition.valueCodec();
        this.immutable = codec.isImmutable();
    }

    @Override
    @SuppressWarnings("unchecked") // the state alone makes its nodes, with namespaces of N and values of T
    public @Nullable T get(N namespace) {
        NamespaceNode node = find(namespace);
        if (node == null) {
            return null;
        }
        if (immutable || !versions.isShared(node.version)) {
            return (T) node.value;
        }
        T copy = codec.copy((T) node.value);
        store(node, (N) node.namespace, copy);
        return copy;
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public @Nullable T peek(N namespace) {
        NamespaceNode node = find(namespace);
        return node == null ? null : (T) node.value;
    }

    @Override
    public void put(N namespace, T value) {
        NamespaceNode node = find(namespace);
        if (node == null || versions.isShared(node.version)) {
            store(node, namespace, value);
        } else if (node.value != value) {
            node.value = Objects.requireNonNull(value, "value");
        }
    }

    @Override
    public void remove(N namespace) {
        NamespaceNode node = find(namespace);
        if (node != null) {
            drop(node);
        }
    }

    private @Nullable NamespaceNode find(N namespace) {
        KeyEntry entry = keys.entry();
        Object held = entry == null ? null : entry.get(index);
        if (held instanceof NamespaceTable table) {
            return findIn(table, namespace);
        }
        NamespaceNode node = (NamespaceNode) held;
        while (node != null && node.namespace != namespace && !namespace.equals(node.namespace)) {
            node = node.next;
        }
        return node;
    }

    private @Nullable NamespaceNode findIn(NamespaceTable table, N namespace) {
        int spread = namespace.hashCode() * 0x9E3779B9;
        int mixed = spread ^ spread >>> 15;
        int wanted = mixed == 0 ? 1 : mixed;
        int slot = table.home(wanted);
        NamespaceNode node = table.at(slot);
        while (node != null && !(table.hashAt(slot) == wanted && namespace.equals(node.namespace))) {
            slot = table.after(slot);
            node = table.at(slot);
        }
        return node;
    }
}
