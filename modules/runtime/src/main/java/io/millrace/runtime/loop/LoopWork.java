// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.runtime.chain.OperatorChain;
import io.millrace.runtime.channel.InputGate;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.ChannelElement.Probe;
import io.millrace.runtime.protocol.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask in a loop does besides what all subtasks do: it passes probes on; the head also takes feedback, and
 * finds out when nothing circulates any more. Confined to one subtask.
 */
public final class LoopWork implements InputGate.FeedbackSink {
    private final InputGate gate;
    private final OperatorChain chain;
    private final Outputs outputs;
    private final ProbeAligner probes;
    private final @Nullable LoopHead head;
    private final Quiescence quiescence;
    /** Has come on all channels, and goes on once the chain has nothing left to do. */
    private @Nullable Probe passing;

    /** Whether records were handled since the last probe. */
    private boolean active;

    private boolean outsideIsNext;

    /**
     * @param parallelism of the vertex
     */
    public LoopWork(InputGate gate, OperatorChain chain, Outputs outputs, int parallelism) {
        this.gate = gate;
        this.chain = chain;
        this.outputs = outputs;
        this.probes = new ProbeAligner(gate.size());
        this.head = chain.head() instanceof LoopHead loopHead ? loopHead : null;
        this.quiescence = new Quiescence(parallelism);
    }

    /** True where the subtask begins the loop. */
    public boolean isHead() {
        return head != null;
    }

    // --- feedback

    /** Takes in all that has come back. */
    public void takeFeedback() {
        if (head != null) {
            gate.drainFeedback(this);
        }
    }

    @Override
    public boolean isOpen() {
        return head().isOpen();
    }

    @Override
    public void take(int channel, ChannelElement element) {
        if (element instanceof RecordBatch batch) {
            if (batch.size() > 0) {
                quiescence.onRecords();
                head().onRecords(channel, batch);
            }
        } else if (element instanceof ChannelElement.Barrier barrier) {
            head().onBarrier(channel, barrier.checkpointId());
        } else if (element instanceof Probe probe) {
            probes.offer(channel, probe);
        } else {
            probes.end(channel);
        }
    }

    /**
     * What the head handles next, or null. Barriers wait for nothing. Feedback goes first, and alone while too much of it
     * waits; below the bound input from outside has its turn after each batch of feedback, so that it never stands still,
     * nor the barriers behind it.
     */
    public @Nullable ChannelElement next() {
        ChannelElement barrier = gate.nextBarrier();
        if (barrier != null) {
            return barrier;
        }
        boolean admits = head().admitsOutside();
        if (admits && outsideIsNext) {
            outsideIsNext = false;
            ChannelElement outside = gate.next();
            if (outside != null) {
                return outside;
            }
        }
        RecordBatch feedback = head().next();
        if (feedback != null) {
            outsideIsNext = true;
            return feedback;
        }
        return admits ? gate.next() : null;
    }

    /** True for a batch that {@link #next} took from the queue, until it is handled. */
    public boolean isFeedback(RecordBatch batch) {
        return head != null && head.isCurrent(batch);
    }

    /** The batch of feedback is handled. */
    public void handled() {
        head().handled();
    }

    // --- the end

    /** A probe came on a channel that is no feedback channel. */
    public void onProbe(int channel, Probe probe) {
        probes.offer(channel, probe);
        align();
    }

    /** A channel that is no feedback channel has ended. */
    public void onEnd(int channel) {
        probes.end(channel);
        align();
    }

    /** Records are handled; they may set timers that are due at once. */
    public void onRecords() {
        active = true;
    }

    private void align() {
        if (head != null || passing != null) {
            return;
        }
        passing = probes.poll();
        if (passing != null && active) {
            active = false;
            passing = new Probe(passing.round(), 0);
            chain.repeatLastWatermark();
        }
    }

    /** Passes a probe on if there is one; to be called when the chain is not stuck. True: it did. */
    public boolean passProbe() {
        Probe probe = passing;
        if (probe == null) {
            return false;
        }
        passing = null;
        send(probe);
        align();
        return true;
    }

    private void send(Probe probe) {
        chain.setAsleep(probe.quiet() > 0);
        outputs.broadcastInLoop(probe);
    }

    /**
     * Whether the subtask may end; to be called when its input from outside has ended and it has nothing to do. A head
     * begins rounds until nothing circulates any more.
     */
    public boolean mayEnd() {
        if (head == null) {
            return true;
        }
        while (!quiescence.isOver()) {
            if (head.waiting() > 0) {
                return false;
            }
            if (!quiescence.isOpen()) {
                send(quiescence.begin());
            }
            Probe back = probes.poll();
            if (back == null) {
                return false;
            }
            quiescence.returned(back);
        }
        return true;
    }

    private LoopHead head() {
        if (head == null) {
            throw new IllegalStateException("The subtask is not the head of a loop.");
        }
        return head;
    }
}
