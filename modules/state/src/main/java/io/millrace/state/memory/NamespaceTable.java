// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

/** What a state holds for the namespaces of a key that has many. Made anew where a snapshot shares it. */
final class NamespaceTable extends HashSlots<NamespaceNode> {
    final int version;

    /** Takes in a chain. */
    NamespaceTable(NamespaceNode chain, int version) {
        this.version = version;
        for (NamespaceNode node = chain; node != null; node = node.next) {
            put(node);
        }
    }

    NamespaceTable(NamespaceTable other, int version) {
        super(other);
        this.version = version;
    }

    /** Puts a node in the place of the one of its namespace, or adds it. */
    void put(NamespaceNode node) {
        int hash = hashOf(node.namespace);
        int slot = slotOf(hash, node.namespace);
        NamespaceNode alone = new NamespaceNode(node.namespace, node.value, node.version, null);
        if (hashAt(slot) == 0) {
            insert(slot, hash, alone);
        } else {
            replace(slot, alone);
        }
    }

    void remove(Object namespace) {
        free(slotOf(hashOf(namespace), namespace));
    }

    /** The hash of a namespace as the slots keep it; spread, for times are multiples of something. */
    static int hashOf(Object namespace) {
        int spread = namespace.hashCode() * 0x9E3779B9;
        return occupied(spread ^ spread >>> 15);
    }

    private int slotOf(int hash, Object namespace) {
        int slot = home(hash);
        for (NamespaceNode node = at(slot); node != null; node = at(slot)) {
            if (hashAt(slot) == hash && node.namespace.equals(namespace)) {
                break;
            }
            slot = after(slot);
        }
        return slot;
    }
}
