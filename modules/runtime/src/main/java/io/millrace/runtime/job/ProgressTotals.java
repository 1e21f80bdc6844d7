// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.api.time.Timestamps;
import io.millrace.runtime.protocol.SubtaskCounters;
import java.util.Collection;

/**
 * Sums of what the subtasks have counted, over epochs.
 *
 * @param recordsRead records that sources emitted, replays included
 * @param recordsWritten records that sinks took, replays included
 * @param lateRecords records dropped because they came too late
 * @param watermark lowest of the sinks', or {@link Timestamps#NONE}
 * @param maxMailboxDepth deepest mailbox and gate
 * @param mailboxBound its bound
 */
record ProgressTotals(
        long recordsRead,
        long recordsWritten,
        long lateRecords,
        long watermark,
        int maxMailboxDepth,
        int mailboxBound) {
    static final ProgressTotals NONE = new ProgressTotals(0, 0, 0, Timestamps.NONE, 0, 0);

    /** These and what an epoch has counted so far. */
    ProgressTotals plus(Collection<SubtaskCounters> epoch) {
        long read = recordsRead;
        long written = recordsWritten;
        long late = lateRecords;
        long lowest = Timestamps.END;
        boolean sinks = false;
        int depth = maxMailboxDepth;
        int bound = mailboxBound;
        for (SubtaskCounters counters : epoch) {
            read += counters.recordsRead();
            written += counters.recordsWritten();
            late += counters.lateRecords();
            if (counters.isSink()) {
                sinks = true;
                lowest = Math.min(lowest, counters.watermark());
            }
            if (counters.maxMailboxDepth() > depth || bound == 0) {
                depth = Math.max(depth, counters.maxMailboxDepth());
                bound = counters.mailboxBound();
            }
        }
        return new ProgressTotals(read, written, late, sinks ? lowest : watermark, depth, bound);
    }
}
