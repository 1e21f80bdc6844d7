// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.api.function.KeySelector;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.runtime.channel.EdgeOutput;
import io.millrace.runtime.channel.Outputs;
import io.millrace.specialisation.SpecialisedClasses;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a vertex in one subtask. Records run from the head through all of them in one call stack.
 *
 * <p>A watermark goes through the operators one by one, each firing what is due. An operator that finds the outputs
 * full, or the turn over, stops; the chain is then <em>stuck</em> and must be {@link #resume}d before anything else.
 * Confined to one subtask.
 */
public final class OperatorChain {
    /** One operator with its names. */
    public record Member(String id, String name, Operator operator) {}

    /** Questions whether to stop between two looks at the clock. */
    private static final int STEPS_A_LOOK = 64;

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final List<Member> members;
    private final SpecialisedClasses classes;
    private final Outputs outputs;
    private final ChainLink[] links;
    private final RecordProcessor[] processors;
    /** The watermark each operator is to reach, and the one it has reached. */
    private final long[] due;

    private final long[] reached;
    private @Nullable KeyedStateBackend keyedState;
    private BooleanSupplier turnOver = () -> false;
    private int asked;

    /**
     * @param classes of the vertex
     */
    public OperatorChain(List<Member> members, Outputs outputs, SpecialisedClasses classes) {
        this.members = List.copyOf(members);
        this.outputs = outputs;
        this.classes = classes;
        this.links = new ChainLink[members.size()];
        this.processors = new RecordProcessor[members.size()];
        this.due = new long[members.size()];
        this.reached = new long[members.size()];
        Arrays.fill(due, Timestamps.NONE);
        Arrays.fill(reached, Timestamps.NONE);
    }

    /** Makes instances of the per-record classes of the operator of that position. */
    public static Specialiser specialiserOf(SpecialisedClasses classes, int operator, String name) {
        return classes.at(operator + " " + name);
    }

    private ChainLink createLink(int operator) {
        Specialiser specialiser =
                specialiserOf(classes, operator, members.get(operator).name());
        if (operator + 1 < members.size()) {
            String next = members.get(operator + 1).name();
            return specialiser.create(
                    LOOKUP, ChainLink.class, OperatorLink.class, this, operator, processors[operator + 1], next);
        }
        EdgeOutput[] edges = outputs.mainEdges(operator);
        return edges.length == 1
                ? specialiser.create(LOOKUP, ChainLink.class, EdgeLink.class, this, operator, edges[0])
                : specialiser.create(LOOKUP, ChainLink.class, EdgesLink.class, this, operator, edges);
    }

    /** Drives records without keys through the chain, which must be open. */
    public RecordLoop plainLoop() {
        return classes.at("loop").create(LOOKUP, RecordLoop.class, PlainLoop.class, processors[0], headName(), outputs);
    }

    /**
     * Drives the records of one keyed edge through the chain, which must be open.
     *
     * @param edge number of the edge among all of the job's
     */
    public RecordLoop keyedLoop(int edge, KeySelector<?, ?> selector, KeyedStateBackend state) {
        return classes.at("loop " + edge)
                .create(
                        LOOKUP,
                        RecordLoop.class,
                        KeyedLoop.class,
                        processors[0],
                        headName(),
                        outputs,
                        selector,
                        state.recordKeys());
    }

    private String headName() {
        return members.get(0).name();
    }

    Outputs outputs() {
        return outputs;
    }

    public List<Member> members() {
        return members;
    }

    public Operator head() {
        return members.get(0).operator();
    }

    /** Where the operator of that position emits; there when it is opened. */
    public Output output(int operator) {
        return links[operator];
    }

    /** The watermark that the operator of that position was told. */
    public long watermark(int operator) {
        return due[operator];
    }

    /** Who emits on their own account, such as due timers, stops when {@code isOver} says so, and goes on next time. */
    public void limitTurns(BooleanSupplier isOver) {
        this.turnOver = isOver;
    }

    boolean mustStop() {
        return outputs.isFull() || (++asked % STEPS_A_LOOK == 0 && turnOver.getAsBoolean());
    }

    /** The keyed state of the head, or null; closed with the chain. */
    public void setKeyedState(KeyedStateBackend backend) {
        this.keyedState = backend;
    }

    /** Opens the operators, last to first, so that none emits into one that is not open. */
    public void open(List<? extends OperatorContext> contexts) throws Exception {
        for (int i = members.size() - 1; i >= 0; i--) {
            try {
                Operator operator = members.get(i).operator();
                links[i] = createLink(i);
                operator.open(contexts.get(i));
                processors[i] = operator.processor();
            } catch (Throwable e) {
                throw OperatorFailedException.in(members.get(i).name(), "when it was opened", e);
            }
        }
    }

    public void start() throws Exception {
        for (int i = members.size() - 1; i >= 0; i--) {
            try {
                members.get(i).operator().start();
            } catch (Throwable e) {
                throw OperatorFailedException.in(members.get(i).name(), "when it was started", e);
            }
        }
    }

    /** Takes the gate's watermark to the head. False: the chain is stuck. */
    public boolean advance(long watermark) throws Exception {
        due[0] = Math.max(due[0], watermark);
        return resume();
    }

    void emitWatermark(int operator, long watermark) throws Exception {
        if (operator + 1 == members.size()) {
            outputs.sendWatermark(watermark);
            return;
        }
        due[operator + 1] = Math.max(due[operator + 1], watermark);
        resume();
    }

    /** Goes on with watermarks that operators have not reached yet. False: still stuck. */
    public boolean resume() throws Exception {
        for (int i = 0; i < due.length; i++) {
            if (due[i] > reached[i] && !advanceOne(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean advanceOne(int position) throws Exception {
        Operator operator = members.get(position).operator();
        long watermark = due[position];
        try {
            if (!operator.advanceWatermark(watermark)) {
                return false;
            }
        } catch (OperatorFailedException e) {
            throw e;
        } catch (Throwable e) {
            throw OperatorFailedException.in(members.get(position).name(), "at a watermark", e);
        }
        reached[position] = watermark;
        long passedOn = operator.outputWatermark(watermark);
        if (position + 1 < due.length) {
            due[position + 1] = Math.max(due[position + 1], passedOn);
        } else if (passedOn > Timestamps.NONE) {
            outputs.sendWatermark(passedOn);
        }
        return true;
    }

    public void endOfBatch() throws Exception {
        for (Member member : members) {
            member.operator().endOfBatch();
        }
    }

    /** All input is handled, and the last watermark with it. */
    public void endInput() throws Exception {
        for (Member member : members) {
            try {
                member.operator().endInput();
            } catch (OperatorFailedException e) {
                throw e;
            } catch (Throwable e) {
                throw OperatorFailedException.in(member.name(), "at the end of its input", e);
            }
        }
    }

    /** The state of all operators as of now. Not to be called while the chain is stuck. */
    public List<OperatorSnapshot> snapshot(long checkpointId) throws Exception {
        List<OperatorSnapshot> snapshots = new ArrayList<>(members.size());
        for (Member member : members) {
            try {
                snapshots.add(member.operator().snapshot(checkpointId));
            } catch (Throwable e) {
                throw OperatorFailedException.in(member.name(), "at checkpoint " + checkpointId, e);
            }
        }
        return snapshots;
    }

    public void checkpointCompleted(long checkpointId) throws Exception {
        for (Member member : members) {
            try {
                member.operator().checkpointCompleted(checkpointId);
            } catch (Throwable e) {
                throw OperatorFailedException.in(member.name(), "at the completion of checkpoint " + checkpointId, e);
            }
        }
    }

    public boolean committed(long checkpointId) {
        return members.stream().allMatch(member -> member.operator().committed(checkpointId));
    }

    /** The watermarks that the operators have reached, for a checkpoint. */
    public long[] reachedWatermarks() {
        return reached.clone();
    }

    public void restoreWatermarks(long[] watermarks) {
        System.arraycopy(watermarks, 0, due, 0, due.length);
        System.arraycopy(watermarks, 0, reached, 0, reached.length);
    }

    /** Records that the chain's source has emitted; 0 where it begins with no source. */
    public long recordsRead() {
        return head().recordsCounted();
    }

    /** Records that the chain's sink has taken; 0 where it ends in no sink. */
    public long recordsWritten() {
        return members.get(members.size() - 1).operator().recordsCounted();
    }

    /** Lets go of everything; failures are swallowed into the answer, the first with the others suppressed. */
    public @Nullable Exception close() {
        Exception first = null;
        for (Member member : members) {
            first = closeOne(member.operator()::close, first);
        }
        if (keyedState != null) {
            first = closeOne(keyedState, first);
        }
        return first;
    }

    private static @Nullable Exception closeOne(AutoCloseable closeable, @Nullable Exception first) {
        try {
            closeable.close();
            return first;
        } catch (Throwable e) {
            OperatorFailedException.throwIfFatal(e);
            Exception failure = e instanceof Exception exception ? exception : new IllegalStateException(e);
            if (first != null) {
                first.addSuppressed(failure);
                return first;
            }
            return failure;
        }
    }
}
