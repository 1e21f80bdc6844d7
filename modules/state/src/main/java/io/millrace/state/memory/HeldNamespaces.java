// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.NamespacedValueState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state with namespaces: what does not run for each record. */
abstract class HeldNamespaces<N, T> extends HeldState<N, T> implements NamespacedValueState<N, T> {
    /** Namespaces of a key that are looked through one by one. */
    private static final int CHAINED = 8;

    HeldNamespaces(StateDefinition<N, T> definition, CurrentKey keys, Versions versions) {
        // Nodes have versions of their own, so the key's entry may be copied without what hangs from it.
        super(definition, keys, versions, null);
    }

    /**
     * Stores a value where there is no node, or where a snapshot shares it.
     *
     * @param node the one there is, or null
     */
    final void store(@Nullable NamespaceNode node, N namespace, T value) {
        if (value == null) {
            throw new NullPointerException("value");
        }
        KeyEntry entry = keys().changeable(index());
        Object held = entry.get(index());
        Object known = node == null ? namespace : node.namespace;
        if (held instanceof NamespaceTable table) {
            ownTable(entry, table)
                    .put(new NamespaceNode(known, value, versions().current(), null));
        } else {
            NamespaceNode chain = (NamespaceNode) held;
            NamespaceNode others = chain == null || node == null ? chain : chain.without(node);
            NamespaceNode longer = new NamespaceNode(known, value, versions().current(), others);
            boolean many = node == null && longer.length() > CHAINED;
            entry.set(index(), many ? new NamespaceTable(longer, versions().current()) : longer);
        }
        if (node == null) {
            countUp();
        }
    }

    /** Removes a node of the current key. */
    final void drop(NamespaceNode node) {
        KeyEntry entry = keys().entry();
        if (entry == null) {
            return;
        }
        countDown(1);
        Object held = entry.get(index());
        if (held instanceof NamespaceTable table) {
            if (table.size() == 1) {
                keys().clear(entry, index());
            } else {
                ownTable(keys().changeable(index()), table).remove(node.namespace);
            }
            return;
        }
        NamespaceNode others = held == null ? null : ((NamespaceNode) held).without(node);
        if (others == null) {
            keys().clear(entry, index());
        } else {
            keys().changeable(index()).set(index(), others);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the state alone makes its nodes, with namespaces of N
    public final void addNamespacesTo(List<N> namespaces) {
        KeyEntry entry = keys().entry();
        Object held = entry == null ? null : entry.get(index());
        if (held instanceof NamespaceTable table) {
            for (Object node : table.copyOfSlots()) {
                if (node != null) {
                    namespaces.add((N) ((NamespaceNode) node).namespace);
                }
            }
            return;
        }
        for (NamespaceNode node = (NamespaceNode) held; node != null; node = node.next) {
            namespaces.add((N) node.namespace);
        }
    }

    /** True when the current key has no namespace. */
    final boolean isEmpty() {
        KeyEntry entry = keys().entry();
        return entry == null || entry.get(index()) == null;
    }

    /** Removes all namespaces of the current key. */
    final void dropAll() {
        KeyEntry entry = keys().entry();
        Object held = entry == null ? null : entry.get(index());
        if (entry == null || held == null) {
            return;
        }
        countDown(held instanceof NamespaceTable table ? table.size() : ((NamespaceNode) held).length());
        keys().clear(entry, index());
    }

    private NamespaceTable ownTable(KeyEntry entry, NamespaceTable table) {
        if (!versions().isShared(table.version)) {
            return table;
        }
        NamespaceTable copy = new NamespaceTable(table, versions().current());
        entry.set(index(), copy);
        return copy;
    }

    @Override
    final void restoreValue(N namespace, T value) {
        store(null, namespace, value);
    }

    @Override
    public final FrozenState freeze(FrozenKeys frozenKeys) {
        return new FrozenNamespaces<>(definition().duplicate(), index(), frozenKeys);
    }
}
