// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;

/** Always to the first channel: the only one, or the one to subtask 0. */
final class SingleEdge extends EdgeOutput {
    SingleEdge(Edge edge, OutboundChannel[] channels, int batchSize) {
        super(edge, channels, batchSize);
    }

    @Override
    public void emit(Object record, long timestamp) {
        add(0, record, timestamp, 0);
    }
}
