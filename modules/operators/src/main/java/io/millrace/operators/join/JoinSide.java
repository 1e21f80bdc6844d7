// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.api.graph.JoinBounds;
import io.millrace.state.NamespacedListState;
import java.util.List;

/**
 * What one stream of a join has waiting for the current key, in buckets of time: a partner's few buckets are found
 * without looking at others, and a bucket goes as a whole. Confined to the subtask.
 */
final class JoinSide {
    private final boolean left;
    private final JoinBounds bounds;
    private final long widthMs;
    private final boolean keepsUnmatched;
    private final NamespacedListState<Long, BufferedRecord> buckets;

    JoinSide(
            boolean left,
            JoinBounds bounds,
            long widthMs,
            boolean keepsUnmatched,
            NamespacedListState<Long, BufferedRecord> buckets) {
        this.left = left;
        this.bounds = bounds;
        this.widthMs = widthMs;
        this.keepsUnmatched = keepsUnmatched;
        this.buckets = buckets;
    }

    boolean isLeft() {
        return left;
    }

    /** True when its records become results where they have no partner. */
    boolean keepsUnmatched() {
        return keepsUnmatched;
    }

    long bucketOf(long timestamp) {
        return Math.floorDiv(timestamp, widthMs);
    }

    /** True when the record is the first of its bucket. */
    boolean add(BufferedRecord record) {
        return buckets.add(bucketOf(record.timestamp), record);
    }

    List<BufferedRecord> bucket(long bucket) {
        return buckets.get(bucket);
    }

    void remove(long bucket) {
        buckets.remove(bucket);
    }

    /** First time that a partner of a record of the other side may have here. */
    long firstFor(long otherTimestamp) {
        return left ? bounds.firstLeft(otherTimestamp) : bounds.firstRight(otherTimestamp);
    }

    /** Last such time. */
    long lastFor(long otherTimestamp) {
        return left ? bounds.lastLeft(otherTimestamp) : bounds.lastRight(otherTimestamp);
    }

    /** When the watermark has reached this, no partner can come any more for a record of this side. */
    long expiryOf(long timestamp) {
        return left ? bounds.lastRight(timestamp) : bounds.lastLeft(timestamp);
    }

    /** The time of the records that expire at {@code expiry}. */
    long timestampExpiringAt(long expiry) {
        return left ? expiry - bounds.upper() : expiry + bounds.lower();
    }

    /** When no partner can come any more for any record of a bucket. */
    long expiryOfBucket(long bucket) {
        return expiryOf((bucket + 1) * widthMs - 1);
    }
}
