// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.runtime.channel.EdgeOutput;

/** Leads from the last operator to several edges, or to none. */
final class EdgesLink extends ChainLink {
    private final EdgeOutput[] edges;

    EdgesLink(OperatorChain chain, int operator, EdgeOutput[] edges) {
        super(chain, operator);
        this.edges = edges;
    }

    @Override
    public void emit(Object record, long timestamp) throws Exception {
        for (EdgeOutput edge : edges) {
            edge.emit(record, timestamp);
        }
    }
}
