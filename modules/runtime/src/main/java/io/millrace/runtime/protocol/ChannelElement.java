// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** What travels on a channel, in order. */
public sealed interface ChannelElement
        permits RecordBatch, ChannelElement.Barrier, ChannelElement.EndOfInput, ChannelElement.Probe {
    /**
     * Separates checkpoints.
     *
     * @param checkpointId the checkpoint that everything before it on the channel belongs to
     */
    record Barrier(long checkpointId) implements ChannelElement {}

    /** No record will follow on the channel; barriers still do. */
    record EndOfInput() implements ChannelElement {}

    /**
     * Goes once round a feedback loop behind all records, to find out whether any are left.
     *
     * @param round counted by each head of the loop from 1
     * @param quiet rounds in a row up to the one before in which no record came back to a head that it comes from
     */
    record Probe(long round, int quiet) implements ChannelElement {}
}
