// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.runtime.channel.EdgeOutput;

/** Leads from the last operator to the one edge that carries its main output. */
final class EdgeLink extends ChainLink {
    private final EdgeOutput edge;

    EdgeLink(OperatorChain chain, int operator, EdgeOutput edge) {
        super(chain, operator);
        this.edge = edge;
    }

    @Override
    public void emit(Object record, long timestamp) throws Exception {
        edge.emit(record, timestamp);
    }
}
