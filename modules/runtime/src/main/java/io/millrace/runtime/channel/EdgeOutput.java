// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.function.KeySelector;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import org.jspecify.annotations.Nullable;

/**
 * One edge out of a subtask: fills a batch for each of its channels. A batch leaves when it is full, at a watermark or
 * barrier, and when the subtask flushes. Confined to one subtask.
 */
public final class EdgeOutput {
    private final Edge edge;
    private final OutboundChannel[] channels;
    private final @Nullable RecordBatch[] open;
    private final Router router;
    private final int batchSize;
    private final boolean keyed;
    private boolean dirty;

    /**
     * @param channels the channels of this subtask on the edge, by receiver
     * @param batchSize most records of a batch
     */
    EdgeOutput(Edge edge, OutboundChannel[] channels, Router router, int batchSize) {
        this.edge = edge;
        this.channels = channels;
        this.open = new RecordBatch[channels.length];
        this.router = router;
        this.batchSize = batchSize;
        this.keyed = edge.partitioning() == EdgePartitioning.HASH;
    }

    @SuppressWarnings("unchecked")
    static Router routerOf(Edge edge, int channels, int senderIndex, int maxParallelism, Codecs codecs) {
        return switch (edge.partitioning()) {
            case FORWARD -> new Router.First();
            case REBALANCE -> channels == 1 ? new Router.First() : new Router.RoundRobin(channels, senderIndex);
            case BROADCAST -> new Router.Everywhere();
            case ASSIGNED -> new Router.Assigned();
            case HASH ->
                new Router.Hash(
                        (KeySelector<Object, Object>) edge.keySelector(),
                        (KeyCodec<Object>) codecs.forKey(edge.keyType()),
                        maxParallelism,
                        channels);
        };
    }

    Edge edge() {
        return edge;
    }

    /** Puts a record into the batch of its channel. */
    public void emit(Object record, long timestamp) throws Exception {
        int channel = router.route(record);
        if (channel != Router.ALL) {
            add(channel, record, timestamp);
            return;
        }
        for (int i = 0; i < channels.length; i++) {
            add(i, record, timestamp);
        }
    }

    private void add(int channel, Object record, long timestamp) {
        RecordBatch batch = open[channel];
        if (batch == null) {
            batch = new RecordBatch(batchSize, keyed);
            open[channel] = batch;
            dirty = true;
        }
        batch.add(record, timestamp, router.keyHash());
        if (batch.isFull()) {
            open[channel] = null;
            channels[channel].send(batch);
        }
    }

    /** Sends what is in batches, where there is credit. */
    void flush() {
        if (!dirty) {
            return;
        }
        boolean left = false;
        for (int i = 0; i < channels.length; i++) {
            if (open[i] != null && channels[i].hasCredit()) {
                seal(i);
            }
            left |= open[i] != null;
        }
        dirty = left;
    }

    void sendWatermark(long watermark) {
        for (int i = 0; i < channels.length; i++) {
            RecordBatch batch = open[i];
            if (batch == null && channels[i].lastWaiting() instanceof RecordBatch last) {
                // Nothing was emitted since: the batch that waits for credit takes the newer watermark along.
                last.setWatermark(watermark);
                continue;
            }
            if (batch == null) {
                batch = new RecordBatch(0, keyed);
            }
            batch.setWatermark(watermark);
            open[i] = null;
            channels[i].send(batch);
        }
    }

    /** Sends an element behind everything emitted so far, credit or not: it is kept until there is. */
    void broadcast(ChannelElement element) {
        for (int i = 0; i < channels.length; i++) {
            if (open[i] != null) {
                seal(i);
            }
            channels[i].send(element);
        }
        dirty = false;
    }

    private void seal(int channel) {
        RecordBatch batch = open[channel];
        if (batch != null) {
            open[channel] = null;
            channels[channel].send(batch);
        }
    }
}
