// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/**
 * What a subtask has counted since its epoch began.
 *
 * @param recordsRead records that its source emitted; 0 without one
 * @param recordsWritten records that its sinks took; 0 without one
 * @param lateRecords records dropped because they came too late
 * @param watermark its watermark, or {@link Long#MIN_VALUE}
 * @param isSink whether it has a sink
 * @param maxMailboxDepth most elements that waited in its mailbox and gate
 * @param mailboxBound sum of the credits of its channels, and one for the subtask's message to itself
 */
public record SubtaskCounters(
        long recordsRead,
        long recordsWritten,
        long lateRecords,
        long watermark,
        boolean isSink,
        int maxMailboxDepth,
        int mailboxBound) {}
