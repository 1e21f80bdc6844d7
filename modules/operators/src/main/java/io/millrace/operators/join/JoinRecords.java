// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.api.graph.JoinBounds;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;
import org.jspecify.annotations.Nullable;

/**
 * The records that wait in a join, and when they go. Records without a partner that are to become results have a timer
 * for their time; buckets have one for their last record's. A record that stopped at a full output half way through its
 * partners is state of its key, like the rest. Confined to the subtask.
 */
final class JoinRecords {
    private final OperatorContext context;
    private final JoinSide lefts;
    private final JoinSide rights;
    private final TimerQueue<Long> bucketTimers;
    private final TimerQueue<Long> unmatchedTimers;
    private final @Nullable OutputTag<?> lateLeft;
    private final @Nullable OutputTag<?> lateRight;
    private final Unmatched unmatched;
    private final NamespacedValueState<NoNamespace, JoinProbe> probes;
    private final TimerQueue<NoNamespace> probeKeys;
    private boolean waiting;

    /** Takes a record that will have no partner. */
    @FunctionalInterface
    interface Unmatched {
        void emit(boolean left, BufferedRecord record, long timestamp) throws Exception;
    }

    /**
     * State and side outputs of a join.
     *
     * @param probes records that stopped at a full output, by key
     * @param probeKeys the keys that have one
     */
    record Parts(
            TimerQueue<Long> bucketTimers,
            TimerQueue<Long> unmatchedTimers,
            NamespacedValueState<NoNamespace, JoinProbe> probes,
            TimerQueue<NoNamespace> probeKeys,
            @Nullable OutputTag<?> lateLeft,
            @Nullable OutputTag<?> lateRight) {}

    JoinRecords(OperatorContext context, JoinSide lefts, JoinSide rights, Parts parts, Unmatched unmatched) {
        this.context = context;
        this.lefts = lefts;
        this.rights = rights;
        this.bucketTimers = parts.bucketTimers;
        this.unmatchedTimers = parts.unmatchedTimers;
        this.probes = parts.probes;
        this.probeKeys = parts.probeKeys;
        this.lateLeft = parts.lateLeft;
        this.lateRight = parts.lateRight;
        this.unmatched = unmatched;
    }

    JoinSide side(boolean left) {
        return left ? lefts : rights;
    }

    void checkTime(long timestamp) {
        if (timestamp == Timestamps.NONE) {
            throw new IllegalStateException("A record without a timestamp reached a join by time. Give its source a"
                    + " WatermarkStrategy with a timestamp assigner.");
        }
        if (timestamp > JoinBounds.LIMIT_MS || timestamp < -JoinBounds.LIMIT_MS) {
            throw new IllegalStateException("A record with the timestamp " + timestamp
                    + " reached a join by time, which takes those of " + -JoinBounds.LIMIT_MS + " to "
                    + JoinBounds.LIMIT_MS + " milliseconds from 1970. Check the timestamp assigner.");
        }
    }

    void takeLate(boolean left, Object record, long timestamp) throws Exception {
        if (timestamp == Timestamps.NONE) {
            checkTime(timestamp);
        }
        OutputTag<?> tag = left ? lateLeft : lateRight;
        if (tag == null) {
            context.countLateRecord();
            context.sampleLateRecord(context.keyedState().currentKey(), record, timestamp);
        } else {
            context.output().emitSide(tag, record, timestamp);
        }
    }

    /** Has a record of the current key, which has met the partners that are there, wait for those to come. */
    void keep(boolean left, BufferedRecord record) throws Exception {
        JoinSide side = side(left);
        long expiry = side.expiryOf(record.timestamp);
        if (expiry <= context.currentWatermark()) {
            if (side.keepsUnmatched() && !record.matched) {
                unmatched.emit(left, record, Math.max(expiry, record.timestamp));
            }
            return;
        }
        long bucket = side.bucketOf(record.timestamp);
        if (side.add(record)) {
            bucketTimers.addNew(side.expiryOfBucket(bucket), namespace(left, bucket));
        }
        if (side.keepsUnmatched() && !record.matched) {
            unmatchedTimers.add(expiry, namespace(left, 0));
        }
    }

    /** A bucket of a side as one number. */
    private static Long namespace(boolean left, long bucket) {
        return bucket << 1 | (left ? 1 : 0);
    }

    /** The output is full: the current key's probe goes on when it is not, before any other record. */
    void suspend(JoinProbe probe) {
        putBack(probe);
        awaitRoom();
    }

    /** True when a checkpoint found a record half way. */
    boolean hasSuspended() {
        return probeKeys.size() > 0;
    }

    void awaitRoom() {
        context.pauseInput();
        waiting = true;
        context.wakeAt(context.clock().millis());
    }

    /** No record is half way any more. The call that was to wake the operator may still come. */
    void goOn() {
        if (waiting) {
            waiting = false;
            context.resumeInput();
        }
    }

    /** The key of a suspended probe, or null; to be made current. */
    TimerQueue.@Nullable Timer<NoNamespace> pollSuspended() {
        return probeKeys.pollUntil(Long.MAX_VALUE);
    }

    /** The suspended probe of the current key, or null. */
    @Nullable
    JoinProbe takeSuspended() {
        return probes.get(NoNamespace.INSTANCE);
    }

    /** The output is full again. */
    void putBack(JoinProbe probe) {
        probes.put(NoNamespace.INSTANCE, probe);
        probeKeys.addNew(0, NoNamespace.INSTANCE);
    }

    /** The suspended record of the current key has met its partners. */
    void finishSuspended(JoinProbe probe) throws Exception {
        probes.remove(NoNamespace.INSTANCE);
        keep(probe.left, probe.record);
    }

    /** The next timer of a record without a partner, or null. */
    TimerQueue.@Nullable Timer<Long> pollUnmatched(long watermark) {
        return unmatchedTimers.pollUntil(watermark);
    }

    /**
     * Emits the records of the current key that have had no partner by the time of a timer.
     *
     * @return false where the output is full, and the timer set again
     */
    boolean expireUnmatched(TimerQueue.Timer<Long> timer) throws Exception {
        boolean left = (timer.namespace() & 1) != 0;
        JoinSide side = side(left);
        long timestamp = side.timestampExpiringAt(timer.timestamp());
        for (BufferedRecord record : side.bucket(side.bucketOf(timestamp))) {
            if (record.timestamp == timestamp && !record.matched) {
                if (context.output().isFull()) {
                    unmatchedTimers.add(timer.timestamp(), timer.namespace());
                    return false;
                }
                // It is done with: the cursor is in the records themselves.
                record.matched = true;
                unmatched.emit(left, record, Math.max(timer.timestamp(), timestamp));
            }
        }
        return true;
    }

    /** Drops a bucket of the current key whose time is over. */
    void expireBucket(TimerQueue.Timer<Long> timer) {
        side((timer.namespace() & 1) != 0).remove(timer.namespace() >> 1);
    }

    TimerQueue.@Nullable Timer<Long> pollBucket(long watermark) {
        return bucketTimers.pollUntil(watermark);
    }
}
