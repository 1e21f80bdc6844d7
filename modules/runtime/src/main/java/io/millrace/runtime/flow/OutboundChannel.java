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

    /** How many of a subtask's channels are overdrawn: asked for each record. Confined to the subtask. */
    public static final class Overdrawn {
        private int channels;

        public boolean any() {
            return channels > 0;
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
            overdrawn.channels++;
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
                overdrawn.channels--;
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
