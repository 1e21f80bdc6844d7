// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** What goes between two subtasks. */
public sealed interface DataMessage extends SubtaskMessage {
    long epoch();

    /**
     * An element on its way down.
     *
     * @param channel the receiver's number of the channel
     * @param sequence position on the channel in this epoch, from 0, without gaps
     */
    record Element(int channel, long epoch, long sequence, ChannelElement element) implements DataMessage, DataLane {}

    /**
     * Permission to send more, on its way up.
     *
     * @param channel the sender's number of the channel
     * @param elements how many more elements may be sent
     */
    record CreditGrant(int channel, long epoch, int elements) implements DataMessage, ControlMessage {}

    /**
     * A reader asks its enumerator for a split, on its way up.
     *
     * @param subtaskIndex the reader
     */
    record SplitRequest(long epoch, int subtaskIndex) implements DataMessage, ControlMessage {}
}
