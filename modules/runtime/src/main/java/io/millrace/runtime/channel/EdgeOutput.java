// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.time.Timestamps;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One edge out of a subtask: fills a batch for each of its channels. A batch leaves when it is full, at a barrier, and
 * when the subtask flushes. A watermark, and whether the subtask is idle, goes with the next batch that leaves: telling
 * it later than it was known is always right, and a batch for each would be small. Which channel a record goes to is for
 * the subclass to say.
 * Confined to one subtask.
 */
public abstract class EdgeOutput {
    private static final int LEAST_EXPECTED = 8;

    /** What the receiver of a channel believes of this subtask. */
    private enum Told {
        ACTIVE,
        IDLE,
        UNKNOWN
    }

    private final Edge edge;
    private final OutboundChannel[] channels;
    private final @Nullable RecordBatch[] open;
    private final long[] toldWatermarks;
    private final Told[] told;
    private final int batchSize;
    private final boolean keyed;
    private long watermark = Timestamps.NONE;
    private Told idleness = Told.ACTIVE;
    private int expected = LEAST_EXPECTED;
    private boolean dirty;

    /**
     * @param channels the channels of this subtask on the edge, by receiver
     * @param batchSize most records of a batch
     */
    EdgeOutput(Edge edge, OutboundChannel[] channels, int batchSize) {
        this.edge = edge;
        this.channels = channels;
        this.open = new RecordBatch[channels.length];
        this.toldWatermarks = new long[channels.length];
        this.told = new Told[channels.length];
        Arrays.fill(toldWatermarks, Timestamps.NONE);
        Arrays.fill(told, Told.ACTIVE);
        this.batchSize = batchSize;
        this.keyed = edge.partitioning() == EdgePartitioning.HASH;
    }

    final Edge edge() {
        return edge;
    }

    final int channels() {
        return channels.length;
    }

    /** Puts a record into the batch of its channel. */
    public abstract void emit(Object record, long timestamp) throws Exception;

    /**
     * @param keyHash of the record's key; anything on edges without keys
     */
    final void add(int channel, Object record, long timestamp, int keyHash) {
        RecordBatch batch = open[channel];
        if (batch == null) {
            batch = begin(channel);
        }
        batch.add(record, timestamp, keyHash);
        if (batch.isFull()) {
            seal(channel, batch);
        }
    }

    private RecordBatch begin(int channel) {
        RecordBatch batch = new RecordBatch(batchSize, Math.min(batchSize, expected), keyed);
        open[channel] = batch;
        dirty = true;
        return batch;
    }

    /** Sends what is in batches, where there is credit. */
    final void flush() {
        if (!dirty) {
            return;
        }
        boolean left = false;
        for (int i = 0; i < channels.length; i++) {
            if (channels[i].hasCredit()) {
                sendPending(i);
            } else {
                left |= open[i] != null || hasNews(i);
            }
        }
        dirty = left;
    }

    final void sendWatermark(long higher) {
        if (higher == Timestamps.END) {
            // The receiver that waits for an idle channel goes by what was before the end.
            broadcastPending();
        }
        watermark = higher;
        dirty = true;
    }

    final void sendIdleness(boolean idle) {
        idleness = idle ? Told.IDLE : Told.ACTIVE;
        dirty = true;
    }

    /** After a recovery: what receivers know is from a checkpoint, and need not be of the same moment in all of them. */
    final void tellIdlenessAnew() {
        Arrays.fill(told, Told.UNKNOWN);
        dirty = true;
    }

    private boolean hasNews(int channel) {
        return toldWatermarks[channel] < watermark || told[channel] != idleness;
    }

    /** Sends an element behind everything emitted so far, credit or not: it is kept until there is. */
    final void broadcast(ChannelElement element) {
        broadcastPending();
        for (OutboundChannel channel : channels) {
            channel.send(element);
        }
    }

    private void broadcastPending() {
        for (int i = 0; i < channels.length; i++) {
            sendPending(i);
        }
        dirty = false;
    }

    private void sendPending(int channel) {
        RecordBatch batch = open[channel];
        if (batch != null) {
            seal(channel, batch);
        } else if (hasNews(channel)) {
            toldWatermarks[channel] = watermark;
            told[channel] = idleness;
            channels[channel].send(RecordBatch.ofProgress(watermark, idleness == Told.IDLE));
        }
    }

    private void seal(int channel, RecordBatch batch) {
        open[channel] = null;
        // The next will probably be as long: a stream that flows fills batches, one that trickles needs no big ones.
        expected = Math.max(LEAST_EXPECTED, batch.size());
        if (toldWatermarks[channel] < watermark) {
            toldWatermarks[channel] = watermark;
            batch.setWatermark(watermark);
        }
        told[channel] = idleness;
        batch.setIdle(idleness == Told.IDLE);
        channels[channel].send(batch);
    }
}
