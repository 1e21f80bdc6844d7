// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.source.InputStatus;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.PullOperator;
import io.millrace.operators.source.EnumeratorOperator;
import io.millrace.plan.Vertex;
import io.millrace.runtime.barrier.BarrierAligner;
import io.millrace.runtime.chain.OperatorChain;
import io.millrace.runtime.channel.InputGate;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCounters;
import io.millrace.state.KeyedStateBackend;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A subtask in one epoch: gate, chain and outputs, and the turns in which records go through them. A turn stops in the
 * middle of a batch when its time is up or the outputs are full; the cursor stays. Confined to one subtask.
 */
final class RunningSubtask {
    /** Records between two looks at the clock. */
    private static final int RECORDS_A_LOOK = 64;

    /** Messages to itself in the data lane: at most one at a time. */
    private static final int TURNS_IN_MAILBOX = 1;

    private final Vertex vertex;
    private final long epoch;
    private final SubtaskMachine machine;
    private final SubtaskPorts ports;
    private final SubtaskSettings settings;
    private final InputGate gate;
    private final OperatorChain chain;
    private final Outputs outputs;
    private final SnapshotWriter snapshotWriter;
    private final KeyedInput keyedInput;
    private final LateRecords lateRecords;
    private final Wiring wiring;
    private @Nullable RecordBatch batch;
    private int cursor;
    private boolean inputDone;
    private boolean ended;
    private boolean waitingForSource;
    private boolean abandoned;
    private long lastFlushNanos;
    private long recordsIn;

    /** The keyed side of the head: selectors by inbound channel; none where the stream is not keyed. */
    record KeyedInput(@Nullable KeyedStateBackend state, KeySelector<Object, Object>[] selectors) {}

    /** Counts late records of all operators of the chain. */
    static final class LateRecords {
        private long count;

        void increment() {
            count++;
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
        this.gate = parts.gate;
        this.chain = parts.chain;
        this.outputs = parts.outputs;
        this.snapshotWriter = parts.snapshotWriter;
        this.keyedInput = parts.keyedInput;
        this.lateRecords = parts.lateRecords;
        this.wiring = parts.wiring;
    }

    /** What a running subtask is made of. */
    record Parts(
            InputGate gate,
            OperatorChain chain,
            Outputs outputs,
            SnapshotWriter snapshotWriter,
            KeyedInput keyedInput,
            LateRecords lateRecords,
            Wiring wiring) {}

    Wiring wiring() {
        return wiring;
    }

    OperatorChain chain() {
        return chain;
    }

    SnapshotWriter snapshotWriter() {
        return snapshotWriter;
    }

    void start() throws Exception {
        lastFlushNanos = ports.nanoTime();
        chain.start();
        returnCredits(1);
    }

    void onElement(DataMessage.Element element) {
        gate.offer(element.channel(), element.sequence(), element.element());
    }

    void onCredit(DataMessage.CreditGrant grant) {
        outputs.grant(grant.channel(), grant.elements());
    }

    /** Works until nothing is left, the outputs are full, or the time is up. True: there is more to do right now. */
    boolean runTurn() throws Exception {
        long deadline = ports.nanoTime() + settings.turnBudget().toNanos();
        boolean more = true;
        while (more) {
            more = step();
            long now = ports.nanoTime();
            if (more && now >= deadline) {
                flushOldBatches(now);
                returnCredits(creditThreshold());
                return !abandoned;
            }
        }
        outputs.flush();
        lastFlushNanos = ports.nanoTime();
        returnCredits(1);
        return false;
    }

    /** One piece of work; false when there is none that can be done now. */
    private boolean step() throws Exception {
        if (abandoned || !chain.resume() || outputs.isFull()) {
            return false;
        }
        if (batch != null) {
            workOnBatch(batch);
            return true;
        }
        ChannelElement element = gate.next();
        if (element != null) {
            begin(element);
            return true;
        }
        if (inputDone) {
            return endOfInput();
        }
        return vertex.kind() != Vertex.Kind.OPERATOR && poll();
    }

    private void begin(ChannelElement element) throws Exception {
        if (element instanceof RecordBatch next) {
            batch = next;
            cursor = 0;
            workOnBatch(next);
            return;
        }
        gate.finish();
        if (element instanceof ChannelElement.Barrier barrier) {
            if (gate.onBarrier(barrier.checkpointId()) == BarrierAligner.Outcome.ALIGNED) {
                machine.takeCheckpoint(barrier.checkpointId());
            }
        } else if (gate.onEndOfInput() && vertex.kind() == Vertex.Kind.OPERATOR) {
            inputDone = true;
            chain.advance(Timestamps.END);
        }
    }

    private void workOnBatch(RecordBatch current) throws Exception {
        int size = current.size();
        int end = Math.min(size, cursor + RECORDS_A_LOOK);
        KeyedStateBackend state = keyedInput.state();
        if (state == null) {
            while (cursor < end && !outputs.isFull()) {
                chain.process(current, cursor++);
            }
        } else {
            KeySelector<Object, Object> selector = keyedInput.selectors()[gate.currentChannel()];
            while (cursor < end && !outputs.isFull()) {
                chain.process(current, cursor++, selector, state);
            }
        }
        if (cursor == size) {
            recordsIn += size;
            batch = null;
            gate.finish();
            chain.endOfBatch();
            if (current.watermark() != Timestamps.NONE
                    && vertex.kind() == Vertex.Kind.OPERATOR
                    && gate.onWatermark(current.watermark())) {
                chain.advance(gate.watermarks().combined());
            }
        }
    }

    private boolean poll() throws Exception {
        if (vertex.kind() == Vertex.Kind.ENUMERATOR) {
            inputDone = ((EnumeratorOperator) chain.head()).isFinished();
            return inputDone;
        }
        if (waitingForSource) {
            return false;
        }
        PullOperator source = (PullOperator) chain.head();
        InputStatus status = source.poll(RECORDS_A_LOOK);
        chain.endOfBatch();
        if (status == InputStatus.END_OF_INPUT) {
            inputDone = true;
            chain.advance(Timestamps.END);
        } else if (status == InputStatus.NOTHING_AVAILABLE) {
            awaitSource(source.isAvailable());
            return false;
        }
        return true;
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
        ended = true;
        chain.endInput();
        outputs.broadcast(new ChannelElement.EndOfInput());
        machine.reportInputEnded();
        return true;
    }

    /** True when a checkpoint may be taken: no operator stopped in the middle. */
    boolean isQuiet() throws Exception {
        return chain.resume();
    }

    void forwardBarrier(long checkpointId) {
        outputs.broadcast(new ChannelElement.Barrier(checkpointId));
    }

    /** The watermarks of the channels, then those of the operators. */
    long[] watermarks() {
        long[] channels = gate.watermarks().snapshot();
        long[] operators = chain.reachedWatermarks();
        long[] all = new long[channels.length + operators.length];
        System.arraycopy(channels, 0, all, 0, channels.length);
        System.arraycopy(operators, 0, all, channels.length, operators.length);
        return all;
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
        long written = sink ? (chain.members().size() == 1 ? recordsIn : chain.reachedTail()) : 0;
        return new SubtaskCounters(
                source ? chain.emittedByHead() : 0,
                written,
                lateRecords.count,
                chain.watermark(chain.members().size() - 1),
                sink,
                Math.max(maxMailboxDepth, gate.maxWaiting()),
                gate.bound() + TURNS_IN_MAILBOX);
    }

    private void flushOldBatches(long now) {
        if (now - lastFlushNanos >= settings.flushAfter().toNanos()) {
            outputs.flush();
            lastFlushNanos = now;
        }
    }

    private int creditThreshold() {
        return Math.max(1, settings.channels().credits() / 2);
    }

    private void returnCredits(int threshold) {
        gate.returnCredits(
                threshold,
                (channel, elements) -> ports.sendUp(
                        channel,
                        new DataMessage.CreditGrant(wiring.inbound(channel).channelThere(), epoch, elements)));
    }
}
