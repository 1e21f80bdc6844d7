// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;

/** Takes the channels in turn. */
final class RoundRobinEdge extends EdgeOutput {
    private final int channels;
    private int next;

    /**
     * @param start number of the first channel, before it is brought into their range
     */
    RoundRobinEdge(Edge edge, OutboundChannel[] channels, int batchSize, int start) {
        super(edge, channels, batchSize);
        this.channels = channels.length;
        this.next = start % channels.length;
    }

    @Override
    public void emit(Object record, long timestamp) {
        int picked = next;
        next = picked + 1 == channels ? 0 : picked + 1;
        add(picked, record, timestamp, 0);
    }
}
