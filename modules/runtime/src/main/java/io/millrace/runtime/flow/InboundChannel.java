// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

import io.millrace.runtime.protocol.ChannelElement;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a channel: a ring of at most its credits, where elements wait for their turn or for alignment.
 *
 * <p>Invariant: elements in the ring + elements on their way + credits with the sender + credits to be returned = the
 * channel's credits. Confined to one subtask.
 */
public final class InboundChannel {
    private final ChannelElement[] ring;
    private final int number;
    private int head;
    private int size;
    private int owed;
    private long expected;

    /**
     * @param number of the channel at its gate, for errors
     * @param credits most elements that may wait, at least 1
     */
    public InboundChannel(int number, int credits) {
        this.number = number;
        this.ring = new ChannelElement[credits];
        this.owed = credits;
    }

    /** Takes an element in. */
    public void offer(long sequence, ChannelElement element) {
        if (sequence != expected) {
            throw new ProtocolViolationException("Channel " + number + " brought element " + sequence
                    + " where element " + expected + " was due: elements were lost or repeated on the way.");
        }
        if (size == ring.length) {
            throw new ProtocolViolationException(
                    "Channel " + number + " brought more than its " + ring.length + " credits allow.");
        }
        expected++;
        ring[(head + size) % ring.length] = element;
        size++;
    }

    /** The next element without taking it out, or null. */
    public @Nullable ChannelElement peek() {
        return size == 0 ? null : ring[head];
    }

    /** Takes the next element out; its credit is owed to the sender from then on. */
    @SuppressWarnings("NullAway")
    public void remove() {
        ring[head] = null;
        head = (head + 1) % ring.length;
        size--;
        owed++;
    }

    /** Elements that wait. */
    public int size() {
        return size;
    }

    /** Credits that are to be returned, if they are worth a message: at least {@code threshold}. They are settled. */
    public int takeOwed(int threshold) {
        if (owed == 0 || owed < threshold) {
            return 0;
        }
        int granted = owed;
        owed = 0;
        return granted;
    }
}
