// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.runtime.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What comes back to the head of a loop between the barrier that it has sent and the same barrier coming back: a state
 * machine, pure.
 *
 * <pre>
 *            open(n)                    barrier n on the last channel
 *   CLOSED ──────────▶ OPEN ─────────────────────────────────────────▶ COMPLETE
 *                        └──────── a newer barrier on one that owes n ──▶ GIVEN_UP
 * </pre>
 *
 * <p>Invariant: for a channel, what the log holds is what came after the opening and before the channel's barrier.
 */
final class FeedbackLog {
    /** Where a log stands. */
    enum State {
        CLOSED,
        OPEN,
        COMPLETE,
        GIVEN_UP
    }

    private final BitSet channels;
    private final long[] barriers;
    private final BitSet owing = new BitSet();
    private List<RecordBatch> batches = new ArrayList<>();
    private long checkpointId;
    private State state = State.CLOSED;

    /**
     * @param channels the feedback channels' numbers
     */
    FeedbackLog(BitSet channels) {
        this.channels = channels;
        this.barriers = new long[channels.length()];
    }

    /** The head sends the barrier. Some channels may have brought it already: it went round by other heads. */
    State open(long newCheckpointId) {
        if (state == State.OPEN) {
            throw new IllegalStateException("The log of checkpoint " + checkpointId + " is not complete, so that of "
                    + newCheckpointId + " cannot begin.");
        }
        checkpointId = newCheckpointId;
        batches = new ArrayList<>();
        owing.clear();
        owing.or(channels);
        state = State.OPEN;
        for (int i = channels.nextSetBit(0); i >= 0; i = channels.nextSetBit(i + 1)) {
            settle(i);
        }
        return state;
    }

    void onRecords(int channel, RecordBatch batch) {
        if (state == State.OPEN && owing.get(channel)) {
            batches.add(batch);
        }
    }

    State onBarrier(int channel, long barrier) {
        barriers[channel] = Math.max(barriers[channel], barrier);
        settle(channel);
        return state;
    }

    private void settle(int channel) {
        if (state != State.OPEN || !owing.get(channel) || barriers[channel] < checkpointId) {
            return;
        }
        if (barriers[channel] > checkpointId) {
            state = State.GIVEN_UP;
            return;
        }
        owing.clear(channel);
        if (owing.isEmpty()) {
            state = State.COMPLETE;
        }
    }

    State state() {
        return state;
    }

    long checkpointId() {
        return checkpointId;
    }

    /** What was logged; the log is closed by it. */
    List<RecordBatch> take() {
        List<RecordBatch> taken = batches;
        batches = new ArrayList<>();
        state = State.CLOSED;
        return taken;
    }
}
