// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** What travels on a channel, in order. */
public sealed interface ChannelElement permits RecordBatch, ChannelElement.Barrier, ChannelElement.EndOfInput {
    /**
     * Separates checkpoints.
     *
     * @param checkpointId the checkpoint that everything before it on the channel belongs to
     */
    record Barrier(long checkpointId) implements ChannelElement {}

    /** No record will follow on the channel; barriers still do. */
    record EndOfInput() implements ChannelElement {}
}
