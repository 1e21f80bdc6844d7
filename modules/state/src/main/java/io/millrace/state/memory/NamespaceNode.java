// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import org.jspecify.annotations.Nullable;

/**
 * What a state holds for one namespace of a key; a link in the chain of the few that a key usually has. The value
 * changes in place unless a snapshot shares the node; all else never changes.
 */
final class NamespaceNode {
    final Object namespace;
    final int version;
    final @Nullable NamespaceNode next;
    Object value;

    NamespaceNode(Object namespace, Object value, int version, @Nullable NamespaceNode next) {
        this.namespace = namespace;
        this.value = value;
        this.version = version;
        this.next = next;
    }

    private NamespaceNode before(@Nullable NamespaceNode other) {
        return new NamespaceNode(namespace, value, version, other);
    }

    /** This chain without the node that is given, which is one of it. */
    @Nullable
    NamespaceNode without(NamespaceNode node) {
        if (this == node) {
            return next;
        }
        NamespaceNode rest = next;
        return before(rest == null ? null : rest.without(node));
    }

    int length() {
        int length = 0;
        for (NamespaceNode node = this; node != null; node = node.next) {
            length++;
        }
        return length;
    }
}
