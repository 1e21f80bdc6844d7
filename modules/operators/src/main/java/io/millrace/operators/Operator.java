// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

/**
 * Runs one operator of a chain in one subtask. Called by one thread at a time, which it must not block.
 *
 * <p>Order of calls: {@link #open} (on an IO thread, before the subtask runs), {@link #start}, then records, watermarks
 * and snapshots, {@link #endInput}, further snapshots, {@link #close}. After a failure only {@code close} follows.
 */
public abstract class Operator {
    private OperatorContext context;

    /** Sets up functions and state, and takes in restored state. Must not emit, schedule or run anything. */
    public void open(OperatorContext operatorContext) throws Exception {
        this.context = operatorContext;
    }

    /** All subtasks of the epoch are ready: emitting and asynchronous calls are allowed from here on. */
    public void start() throws Exception {}

    /** What handles the records from here on; asked once, after {@link #open}. */
    public abstract RecordProcessor processor();

    /**
     * Handles a watermark that is higher than any before: fires what is due. An operator that emits here on its own
     * stops when {@link Output#isFull()} and answers false; it is called again with the same watermark, before anything
     * else, and goes on where it stopped.
     *
     * @return true when nothing due is left
     */
    public boolean advanceWatermark(long watermark) throws Exception {
        return true;
    }

    /** The watermark that goes on to the next operator after {@link #advanceWatermark}; normally the same. */
    public long outputWatermark(long watermark) {
        return watermark;
    }

    /** The batch or poll that the subtask was working on is done: a place for what need not happen for each record. */
    public void endOfBatch() throws Exception {}

    /** No record will follow; called after the last watermark was handled. */
    public void endInput() throws Exception {}

    /** The operator's state as of now, cheaply; what takes time is in the parts of the snapshot. */
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        return OperatorSnapshot.EMPTY;
    }

    /** The checkpoint is journalled; sinks commit what it covers. */
    public void checkpointCompleted(long checkpointId) throws Exception {}

    /** True when nothing that the checkpoint or an older one covers still waits to be committed. */
    public boolean committed(long checkpointId) {
        return true;
    }

    /** Lets go of everything. Called once, also after failures, possibly on another thread than the rest. */
    public void close() throws Exception {}

    /** Records that a source has emitted, or that a sink has taken; 0 for other operators. */
    public long recordsCounted() {
        return 0;
    }

    protected final OperatorContext context() {
        return context;
    }
}
