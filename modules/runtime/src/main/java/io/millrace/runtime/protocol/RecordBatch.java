// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import io.millrace.api.time.Timestamps;
import java.util.Arrays;

/**
 * Records sent together on a channel, the watermark after the last of them, and whether the channel is idle then. Filled by the sender's output, then
 * never changed: the receiver gets the very arrays.
 */
public final class RecordBatch implements ChannelElement {
    private static final int[] NO_KEY_HASHES = {};
    private static final int GROWTH = 4;

    private final int limit;
    private Object[] records;
    private long[] timestamps;
    private int[] keyHashes;
    private int size;
    private long watermark = Timestamps.NONE;
    private boolean idle;

    /**
     * @param limit most records it can hold
     * @param expected records that it will probably hold, at most the limit; it grows where they are more
     * @param keyed true when records carry their key's hash
     */
    public RecordBatch(int limit, int expected, boolean keyed) {
        this.limit = limit;
        this.records = new Object[expected];
        this.timestamps = new long[expected];
        this.keyHashes = keyed ? new int[expected] : NO_KEY_HASHES;
    }

    /** No records, only how far the channel is. */
    public static RecordBatch ofProgress(long watermark, boolean idle) {
        RecordBatch batch = new RecordBatch(0, 0, false);
        batch.setWatermark(watermark);
        batch.setIdle(idle);
        return batch;
    }

    /** Appends a record; the batch must not be full. */
    public void add(Object record, long timestamp, int keyHash) {
        int index = size;
        if (index == records.length) {
            grow();
        }
        records[index] = record;
        timestamps[index] = timestamp;
        if (keyHashes != NO_KEY_HASHES) {
            keyHashes[index] = keyHash;
        }
        size = index + 1;
    }

    private void grow() {
        int capacity = Math.min(limit, Math.max(1, records.length) * GROWTH);
        records = Arrays.copyOf(records, capacity);
        timestamps = Arrays.copyOf(timestamps, capacity);
        if (keyHashes != NO_KEY_HASHES) {
            keyHashes = Arrays.copyOf(keyHashes, capacity);
        }
    }

    /** The records, up to {@link #size}; not to be changed. */
    public Object[] records() {
        return records;
    }

    /** The records' timestamps, up to {@link #size}; not to be changed. */
    public long[] timestamps() {
        return timestamps;
    }

    /** The hashes of the records' keys, which their key codec computed; empty where the batch is not keyed. */
    public int[] keyHashes() {
        return keyHashes;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == limit;
    }

    /** The watermark after the last record, or {@link Timestamps#NONE}. */
    public long watermark() {
        return watermark;
    }

    /** True when the receiver is not to wait for the channel's watermark until a batch that says otherwise. */
    public boolean isIdle() {
        return idle;
    }

    public void setIdle(boolean idle) {
        this.idle = idle;
    }

    public void setWatermark(long watermark) {
        this.watermark = watermark;
    }
}
