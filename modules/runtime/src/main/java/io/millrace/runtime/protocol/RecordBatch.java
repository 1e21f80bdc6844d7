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
    private final int[] keyGroups;
    private int size;
    private long watermark = Timestamps.NONE;

    /**
     * @param capacity most records it can hold, at least 1
     * @param keyed true when records carry their key group
     */
    public RecordBatch(int capacity, boolean keyed) {
        this.records = new Object[capacity];
        this.timestamps = new long[capacity];
        this.keyGroups = keyed ? new int[capacity] : NO_KEY_GROUPS;
    }

    private static final int[] NO_KEY_GROUPS = {};

    /** Appends a record; the batch must have room. */
    public void add(Object record, long timestamp, int keyGroup) {
        records[size] = record;
        timestamps[size] = timestamp;
        if (keyGroups != NO_KEY_GROUPS) {
            keyGroups[size] = keyGroup;
        }
        size++;
    }

    public Object record(int index) {
        return records[index];
    }

    public long timestamp(int index) {
        return timestamps[index];
    }

    /** The record's key group; only for keyed batches. */
    public int keyGroup(int index) {
        return keyGroups[index];
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
