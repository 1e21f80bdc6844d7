// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.source.InputStatus;
import io.millrace.api.time.Timestamps;
import io.millrace.checkpoint.manifest.ChannelStatus;
import io.millrace.operators.LateRecordSample;
import io.millrace.operators.PullOperator;
import io.millrace.operators.source.EnumeratorOperator;
import io.millrace.plan.Vertex;
import io.millrace.runtime.barrier.BarrierAligner;
import io.millrace.runtime.chain.OperatorChain;
import io.millrace.runtime.chain.RecordLoop;
import io.millrace.runtime.channel.InputGate;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.loop.LoopWork;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCounters;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A subtask in one epoch: gate, chain and outputs, and the turns in which records go through them. A turn stops in the
 * middle of a batch when its time is up or the outputs are full; the cursor stays. Confined to one subtask.
 */
final class RunningSubtask {
    /** Messages to itself in the data lane: at most one at a time. */
    private static final int TURNS_IN_MAILBOX = 1;

    /** Records that a source may emit before the outputs are asked whether they are full. */
    static final int MOST_A_POLL = 256;

    private final Vertex vertex;
    private final long epoch;
    private final SubtaskMachine machine;
    private final SubtaskPorts ports;
    private final SubtaskSettings settings;
    private final Parts parts;
    private final Quantum quantum = new Quantum();
    private @Nullable RecordBatch batch;
    private int cursor;
    private boolean inputDone;
    private boolean ended;
    private boolean waitingForSource;
    private boolean abandoned;
    private long lastFlushNanos;
    private long turnDeadlineNanos;

    /** Counts late records of all operators of the chain. */
    static final class LateRecords {
        private long count;
        private final LateRecordSample sample = new LateRecordSample();

        void increment() {
            count++;
        }

        LateRecordSample sample() {
            return sample;
        }
    }

    RunningSubtask(
            Vertex vertex,
            long epoch,
            SubtaskMachine machine,
            SubtaskPorts ports,
            SubtaskSettings settings,
            Parts parts) {
        this.vertex = vertex;
        this.epoch = epoch;
        this.machine = machine;
        this.ports = ports;
        this.settings = settings;
        this.parts = parts;
        parts.chain.limitTurns(() -> ports.nanoTime() >= turnDeadlineNanos);
    }

    /**
     * What a running subtask is made of.
     *
     * @param loop what it does for the feedback loop that it is in, or null
     */
    record Parts(
            InputGate gate,
            OperatorChain chain,
            Outputs outputs,
            SnapshotWriter snapshotWriter,
            RecordLoop[] loops,
            LateRecords lateRecords,
            Wiring wiring,
            @Nullable LoopWork loop) {
        /** What drives feedback; edges are numbered, and so are channels, so that feedback comes last. */
        private RecordLoop feedbackLoop() {
            return loops[loops.length - 1];
        }
    }

    Wiring wiring() {
        return parts.wiring;
    }

    /** The last records that came too late, as text. */
    List<LateRecordSample.Entry> lateRecordSample() {
        return parts.lateRecords.sample.entries();
    }

    /** The names of the operators, for people. */
    String name() {
        return vertex.name();
    }

    OperatorChain chain() {
        return parts.chain;
    }

    SnapshotWriter snapshotWriter() {
        return parts.snapshotWriter;
    }

    void start() throws Exception {
        lastFlushNanos = ports.nanoTime();
        parts.chain.start();
        returnCredits(1);
    }

    void onElement(DataMessage.Element element) {
        parts.gate.offer(element.channel(), element.sequence(), element.element());
    }

    void onCredit(DataMessage.CreditGrant grant) {
        parts.outputs.grant(grant.channel(), grant.elements());
    }

    /** Works until nothing is left, the outputs are full, or the time is up. True: there is more to do right now. */
    boolean runTurn() throws Exception {
        long now = ports.nanoTime();
        turnDeadlineNanos = now + settings.turnBudget().toNanos();
        boolean more = true;
        while (more) {
            long began = now;
            quantum.begin();
            more = step();
            now = ports.nanoTime();
            quantum.took(now - began);
            if (more && now >= turnDeadlineNanos) {
                flushOldBatches(now);
                returnCredits(creditThreshold());
                return !abandoned;
            }
        }
        parts.outputs.flush();
        lastFlushNanos = ports.nanoTime();
        returnCredits(1);
        return false;
    }

    /** One piece of work; false when there is none that can be done now. */
    private boolean step() throws Exception {
        if (abandoned) {
            return false;
        }
        if (parts.loop != null) {
            parts.loop.takeFeedback();
        }
        if (parts.outputs.isFull()) {
            return false;
        }
        if (!parts.chain.resume()) {
            return passBarrier();
        }
        if (parts.outputs.stopsInput() && (batch != null || vertex.kind() == Vertex.Kind.OPERATOR)) {
            return passBarrier();
        }
        if (batch != null) {
            workOnBatch(batch);
            return true;
        }
        if (parts.loop != null && parts.loop.passProbe()) {
            return true;
        }
        ChannelElement element = parts.loop != null && parts.loop.isHead() ? parts.loop.next() : parts.gate.next();
        if (element != null) {
            begin(element);
            return true;
        }
        if (inputDone) {
            return endOfInput();
        }
        return vertex.kind() != Vertex.Kind.OPERATOR && poll();
    }

    /**
     * Barriers wait neither for what is due at a watermark, which may be millions of timers, nor for operators that have
     * paused the input; only for a batch that has been begun, as its own channel's barrier is behind it. True: there is
     * more to do right now, for a barrier came, or only the turn was over.
     */
    private boolean passBarrier() throws Exception {
        ChannelElement.Barrier barrier = batch == null ? parts.gate.nextBarrier() : null;
        if (barrier != null) {
            begin(barrier);
            return true;
        }
        return parts.chain.takeInterrupted();
    }

    private void begin(ChannelElement element) throws Exception {
        if (element instanceof RecordBatch next) {
            batch = next;
            cursor = 0;
            workOnBatch(next);
            return;
        }
        parts.gate.finish();
        if (element instanceof ChannelElement.Barrier barrier) {
            if (parts.gate.onBarrier(barrier.checkpointId()) == BarrierAligner.Outcome.ALIGNED) {
                machine.takeCheckpoint(barrier.checkpointId());
            }
        } else if (element instanceof ChannelElement.Probe probe) {
            Objects.requireNonNull(parts.loop, "a probe outside a loop").onProbe(parts.gate.currentChannel(), probe);
        } else {
            onEndOfChannel();
        }
    }

    private void onEndOfChannel() throws Exception {
        if (parts.loop != null) {
            parts.loop.onEnd(parts.gate.currentChannel());
        }
        if (parts.gate.onEndOfInput() && vertex.kind() == Vertex.Kind.OPERATOR) {
            inputDone = true;
            parts.chain.advance(Timestamps.END);
        } else if (vertex.kind() == Vertex.Kind.OPERATOR) {
            advance();
        }
    }

    private void workOnBatch(RecordBatch current) throws Exception {
        if (parts.loop != null && parts.loop.isFeedback(current)) {
            workOnFeedback(current, parts.loop);
            return;
        }
        int size = current.size();
        if (parts.loop != null && size > 0) {
            parts.loop.onRecords();
        }
        RecordLoop loop = parts.loops[parts.gate.currentChannel()];
        int begin = cursor;
        cursor = loop.drive(current, begin, Math.min(size, begin + quantum.records()));
        quantum.worked(cursor - begin);
        if (cursor == size) {
            batch = null;
            parts.gate.finish();
            parts.chain.endOfBatch();
            if (vertex.kind() == Vertex.Kind.OPERATOR) {
                parts.gate.onProgress(current);
                advance();
            }
        }
    }

    /** It is no longer at the gate, and brings no watermark. */
    private void workOnFeedback(RecordBatch current, LoopWork loop) throws Exception {
        int begin = cursor;
        cursor = parts.feedbackLoop().drive(current, begin, Math.min(current.size(), begin + quantum.records()));
        quantum.worked(cursor - begin);
        if (cursor == current.size()) {
            batch = null;
            loop.handled();
            parts.chain.endOfBatch();
        }
    }

    /** Takes to the chain what the gate has come to. */
    private void advance() throws Exception {
        parts.chain.setInputIdle(parts.gate.watermarks().isIdle());
        parts.chain.advance(parts.gate.watermarks().combined());
    }

    private boolean poll() throws Exception {
        if (vertex.kind() == Vertex.Kind.ENUMERATOR) {
            inputDone = ((EnumeratorOperator) parts.chain.head()).isFinished();
            return inputDone;
        }
        if (waitingForSource || parts.outputs.stopsInput()) {
            return false;
        }
        PullOperator source = (PullOperator) parts.chain.head();
        long read = parts.chain.recordsRead();
        InputStatus status = pollInPieces(source);
        quantum.worked((int) (parts.chain.recordsRead() - read));
        parts.chain.endOfBatch();
        if (status == InputStatus.END_OF_INPUT) {
            inputDone = true;
            parts.chain.advance(Timestamps.END);
        } else if (status == InputStatus.NOTHING_AVAILABLE) {
            awaitSource(source.isAvailable());
            return false;
        }
        return true;
    }

    /**
     * A piece is emitted in one go, so it is small, and a batch at most: what it becomes beyond the credit has to wait at
     * the channels.
     */
    private InputStatus pollInPieces(PullOperator source) throws Exception {
        int piece = Math.min(MOST_A_POLL, settings.channels().batchSize());
        int left = quantum.records();
        InputStatus status = InputStatus.MORE_AVAILABLE;
        while (left > 0 && status == InputStatus.MORE_AVAILABLE && !parts.outputs.stopsInput()) {
            status = source.poll(Math.min(left, piece));
            left -= piece;
        }
        return status;
    }

    private void awaitSource(CompletionStage<Void> available) {
        if (available.toCompletableFuture().isDone()) {
            machine.requestTurn();
            return;
        }
        waitingForSource = true;
        available.whenComplete((done, error) -> machine.inEpoch(epoch, () -> waitingForSource = false));
    }

    /** All input is handled: the last watermark has gone through the chain, or the chain is stuck in it. */
    private boolean endOfInput() throws Exception {
        if (ended) {
            return false;
        }
        if (parts.loop != null && !parts.loop.mayEnd()) {
            return false;
        }
        if (!parts.chain.endInput()) {
            return parts.chain.takeInterrupted();
        }
        ended = true;
        parts.outputs.broadcast(new ChannelElement.EndOfInput());
        machine.reportInputEnded();
        return true;
    }

    void forwardBarrier(long checkpointId) {
        parts.outputs.broadcast(new ChannelElement.Barrier(checkpointId));
    }

    /** The watermarks of the channels, then those that the operators have reached, then those they are to reach. */
    long[] watermarks() {
        long[] channels = parts.gate.watermarks().watermarks();
        long[] operators = parts.chain.watermarks();
        long[] all = new long[channels.length + operators.length];
        System.arraycopy(channels, 0, all, 0, channels.length);
        System.arraycopy(operators, 0, all, channels.length, operators.length);
        return all;
    }

    /** What the channels have said of themselves. */
    List<ChannelStatus> channelStatuses() {
        return parts.gate.watermarks().statuses();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Nothing of this epoch is to be done any more, even if a turn is still on the stack. */
    void abandon() {
        abandoned = true;
    }

    SubtaskCounters counters(int maxMailboxDepth) {
        boolean source = vertex.kind() == Vertex.Kind.SOURCE;
        // A sink ends its chain, but operators before it may have edges, to side outputs' readers for example.
        boolean sink = vertex.chain().get(vertex.chain().size() - 1).spec() instanceof OperatorSpec.SinkSpec;
        return new SubtaskCounters(
                source ? parts.chain.recordsRead() : 0,
                sink ? parts.chain.recordsWritten() : 0,
                parts.lateRecords.count,
                parts.chain.watermark(parts.chain.members().size() - 1),
                sink,
                Math.max(maxMailboxDepth, parts.gate.maxWaiting()),
                parts.gate.bound() + TURNS_IN_MAILBOX);
    }

    private void flushOldBatches(long now) {
        if (now - lastFlushNanos >= settings.flushAfter().toNanos()) {
            parts.outputs.flush();
            lastFlushNanos = now;
        }
    }

    private int creditThreshold() {
        return Math.max(1, settings.channels().credits() / 2);
    }

    private void returnCredits(int threshold) {
        parts.gate.returnCredits(
                threshold,
                (channel, elements) -> ports.sendUp(
                        channel,
                        new DataMessage.CreditGrant(
                                parts.wiring.inbound(channel).channelThere(), epoch, elements)));
    }
}
