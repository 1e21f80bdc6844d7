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
     * What handles the records of one of the operator's inputs; asked once for each, after {@link #open}. Those with
     * several inputs stand at the head of their chain.
     *
     * @param input from 0
     */
    public RecordProcessor processor(int input) {
        if (input != 0) {
            throw new IllegalStateException("The operator has one input; there is none of number " + input + ".");
        }
        return processor();
    }

    /**
     * Handles a watermark that is higher than any before: fires what is due. An operator that emits here on its own
     * stops when {@link Output#isFull()} and answers false; it is called again with the same watermark, before any
     * record, and goes on where it stopped. A snapshot may be taken in between, and a restored operator is called with
     * that watermark again: what is left to do has to follow from its state.
     *
     * @return true when nothing due is left
     */
    public boolean advanceWatermark(long watermark) throws Exception {
        return true;
    }

    /**
     * The clock has reached a time that the operator asked for by {@link OperatorContext#wakeAt}. The same rules as for
     * {@link #advanceWatermark}, but for restored operators: they ask to be woken anew.
     *
     * @param nowMs the clock's time, milliseconds since the epoch; the same in a repeated call
     * @return true when nothing due is left
     */
    public boolean advanceProcessingTime(long nowMs) throws Exception {
        return true;
    }

    /**
     * Asked for by {@link OperatorContext#goOnLater}: emits what is to be emitted, and stops when {@link Output#isFull()}.
     * Not tied to a watermark or a time; an operator that stands before this one may have stopped meanwhile.
     *
     * @return true when nothing is left that could be emitted now; otherwise it is called again
     */
    public boolean goOn() throws Exception {
        return true;
    }

    /** The watermark that goes on to the next operator after {@link #advanceWatermark}; normally the same. */
    public long outputWatermark(long watermark) {
        return watermark;
    }

    /**
     * Whether the operator is idle for those behind it: they do not wait for its watermark until it is active again.
     * Normally what its input is. Asked when that changes, at the start, and after {@link Output#idlenessChanged}.
     *
     * @param inputIdle true when nobody holds the watermark of the operator's input back
     */
    public boolean outputIdle(boolean inputIdle) {
        return inputIdle;
    }

    /** The batch or poll that the subtask was working on is done: a place for what need not happen for each record. */
    public void endOfBatch() throws Exception {}

    /**
     * No record will follow; called after the last watermark was handled. An operator that stops because
     * {@link Output#isFull()}, or that waits for something asynchronous, answers false and is called again; operators
     * behind it are told when it is done.
     *
     * @return true when the operator will emit nothing more
     */
    public boolean endInput() throws Exception {
        return true;
    }

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
