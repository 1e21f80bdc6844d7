// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

import io.millrace.runtime.protocol.ChannelElement;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The sending end of a channel: counts credit and numbers elements. What one call of user code emits beyond the credit
 * waits in an overdraft, which has a bound. Confined to one subtask.
 */
public final class OutboundChannel {
    /** Sends an element that has credit. */
    @FunctionalInterface
    public interface Sender {
        void send(int channel, long sequence, ChannelElement element);
    }

    /**
     * What keeps a subtask from taking records: channels of its own that are overdrawn, and operators that asked for a
     * pause. Asked for each record. Confined to the subtask.
     */
    public static final class Overdrawn {
        private int channels;
        private int pauses;
        private int reasons;

        public boolean any() {
            return channels > 0;
        }

        /** True when no record may be handled: a channel is overdrawn, or an operator has paused the input. */
        public boolean orPaused() {
            return reasons > 0;
        }

        public void pause() {
            pauses++;
            reasons++;
        }

        public void resume() {
            if (pauses == 0) {
                throw new IllegalStateException("The input is resumed more often than it was paused.");
            }
            pauses--;
            reasons--;
        }

        private void count(int change) {
            channels += change;
            reasons += change;
        }
    }

    private final int number;
    private final int maxOverdraft;
    private final Overdrawn overdrawn;
    private final Sender sender;
    private final Deque<ChannelElement> overdraft = new ArrayDeque<>();
    private int credits;
    private long sequence;

    /**
     * @param number of the channel at its subtask
     * @param maxOverdraft most elements that may wait for credit
     * @param overdrawn what the channels of the subtask share
     */
    public OutboundChannel(int number, int maxOverdraft, Overdrawn overdrawn, Sender sender) {
        this.number = number;
        this.maxOverdraft = maxOverdraft;
        this.overdrawn = overdrawn;
        this.sender = sender;
    }

    /** Sends the element now, or once there is credit. */
    public void send(ChannelElement element) {
        if (credits > 0 && overdraft.isEmpty()) {
            credits--;
            sender.send(number, sequence++, element);
            return;
        }
        if (overdraft.size() == maxOverdraft) {
            throw new ProtocolViolationException("One call of user code emitted more than " + maxOverdraft
                    + " batches beyond what the next operator can take. Emit less in a call, or raise"
                    + " millrace.channel.max-overdraft.");
        }
        if (overdraft.isEmpty()) {
            overdrawn.count(1);
        }
        overdraft.add(element);
    }

    /** Takes credit, and sends what waited for it. */
    public void grant(int elements) {
        credits += elements;
        while (credits > 0) {
            ChannelElement waiting = overdraft.poll();
            if (waiting == null) {
                return;
            }
            if (overdraft.isEmpty()) {
                overdrawn.count(-1);
            }
            credits--;
            sender.send(number, sequence++, waiting);
        }
    }

    public boolean hasCredit() {
        return credits > 0;
    }

    public int waiting() {
        return overdraft.size();
    }
}
