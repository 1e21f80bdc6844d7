// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import io.millrace.api.time.Timestamps;

/**
 * Records sent together on a channel, and the watermark after the last of them. Filled by the sender's output, then
 * never changed: the receiver gets the very arrays.
 */
public final class RecordBatch implements ChannelElement {
    private final Object[] records;
    private final long[] timestamps;
    private final int[] keyHashes;
    private int size;
    private long watermark = Timestamps.NONE;

    /**
     * @param capacity most records it can hold, at least 1
     * @param keyed true when records carry their key's hash
     */
    public RecordBatch(int capacity, boolean keyed) {
        this.records = new Object[capacity];
        this.timestamps = new long[capacity];
        this.keyHashes = keyed ? new int[capacity] : NO_KEY_HASHES;
    }

    private static final int[] NO_KEY_HASHES = {};

    /** Appends a record; the batch must have room. */
    public void add(Object record, long timestamp, int keyHash) {
        records[size] = record;
        timestamps[size] = timestamp;
        if (keyHashes != NO_KEY_HASHES) {
            keyHashes[size] = keyHash;
        }
        size++;
    }

    public Object record(int index) {
        return records[index];
    }

    public long timestamp(int index) {
        return timestamps[index];
    }

    /** The hash of the record's key, which its key codec computed; only for keyed batches. */
    public int keyHash(int index) {
        return keyHashes[index];
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == records.length;
    }

    /** The watermark after the last record, or {@link Timestamps#NONE}. */
    public long watermark() {
        return watermark;
    }

    public void setWatermark(long watermark) {
        this.watermark = watermark;
    }
}
