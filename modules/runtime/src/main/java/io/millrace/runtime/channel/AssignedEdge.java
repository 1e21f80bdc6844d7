// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.operators.source.SplitAssignment;
import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;

/** From an enumerator to the readers that it names. */
final class AssignedEdge extends EdgeOutput {
    AssignedEdge(Edge edge, OutboundChannel[] channels, int batchSize) {
        super(edge, channels, batchSize);
    }

    @Override
    public void emit(Object record, long timestamp) {
        add(((SplitAssignment) record).subtaskIndex(), record, timestamp, 0);
    }
}
