// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;

/** Every record to every channel. */
final class BroadcastEdge extends EdgeOutput {
    BroadcastEdge(Edge edge, OutboundChannel[] channels, int batchSize) {
        super(edge, channels, batchSize);
    }

    @Override
    public void emit(Object record, long timestamp) {
        int channels = channels();
        for (int i = 0; i < channels; i++) {
            add(i, record, timestamp, 0);
        }
    }
}
