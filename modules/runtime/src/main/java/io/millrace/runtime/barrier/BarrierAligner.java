// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.barrier;

import java.util.BitSet;

/**
 * Decides what a barrier means at a gate with several channels (Chandy and Lamport 1985, in the form of Carbone et al.,
 * "Lightweight Asynchronous Snapshots for Distributed Dataflows", 2015).
 *
 * <p>Exactly once: a channel that has delivered the barrier waits until all channels have; then the snapshot is taken,
 * and nothing after the barrier is in it. At least once: no channel waits, and the snapshot, taken at the last
 * barrier, may hold effects of records after it.
 *
 * <p>Invariants: barriers of a channel come with growing ids; a channel waits only for a barrier that others still owe.
 * When a channel brings a newer checkpoint's barrier while an older one is being aligned, the older one was given up by
 * the coordinator or its barrier is lost: alignment starts over with the newer id. Confined to one subtask.
 */
public final class BarrierAligner {
    /** What a barrier leads to. */
    public enum Outcome {
        /** Alignment goes on; in exactly-once mode the channel waits. */
        WAIT,
        /** The last barrier: take the snapshot, forward the barrier, release all channels. */
        ALIGNED,
        /** A barrier of a checkpoint that is over. */
        STALE
    }

    private final int channels;
    private final boolean exactlyOnce;
    private final BitSet delivered;
    private long aligning;
    private long highestAligned;

    /**
     * @param channels number of channels that deliver barriers
     */
    public BarrierAligner(int channels, boolean exactlyOnce) {
        this.channels = channels;
        this.exactlyOnce = exactlyOnce;
        this.delivered = new BitSet(channels);
    }

    /** Takes a barrier of a channel. */
    public Outcome onBarrier(int channel, long checkpointId) {
        if (checkpointId <= highestAligned || checkpointId < aligning) {
            return Outcome.STALE;
        }
        if (checkpointId > aligning) {
            delivered.clear();
            aligning = checkpointId;
        }
        delivered.set(channel);
        if (delivered.cardinality() < channels) {
            return Outcome.WAIT;
        }
        delivered.clear();
        highestAligned = checkpointId;
        aligning = 0;
        return Outcome.ALIGNED;
    }

    /** Whether the channel has to wait for others' barriers. */
    public boolean isBlocked(int channel) {
        return exactlyOnce && delivered.get(channel);
    }

    /** The newest checkpoint whose barrier all channels have delivered; 0 where there is none yet. */
    public long highestAligned() {
        return highestAligned;
    }

    /** True while some channels have delivered a barrier and others have not. */
    public boolean isAligning() {
        return aligning != 0;
    }
}
