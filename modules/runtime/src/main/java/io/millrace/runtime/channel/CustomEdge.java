// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;

/** To the subtask that user code picks. */
final class CustomEdge extends EdgeOutput {
    private final KeySelector<Object, Object> selector;
    private final Partitioner<Object> partitioner;
    private final int channels;
    private final CustomTarget target;

    CustomEdge(
            Edge edge,
            OutboundChannel[] channels,
            int batchSize,
            KeySelector<Object, Object> selector,
            Partitioner<Object> partitioner,
            CustomTarget target) {
        super(edge, channels, batchSize);
        this.selector = selector;
        this.partitioner = partitioner;
        this.channels = channels.length;
        this.target = target;
    }

    @Override
    public void emit(Object record, long timestamp) throws Exception {
        Object key = selector.getKey(record);
        int picked = partitioner.partition(key, channels);
        if (picked < 0 || picked >= channels) {
            throw target.outside(key, picked, channels);
        }
        add(picked, record, timestamp, 0);
    }
}
