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

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final List<Member> members;
    private final SpecialisedClasses classes;
    private final Outputs outputs;
    private final ChainLink[] links;
    private final RecordProcessor[] processors;
    /** The watermark each operator is to reach, and the one it has reached. */
    private final long[] due;

    private final long[] reached;
    private final RecordProcessor[] heads;
    private final WokenOperators woken;
    private final OperatorRequests requests;
    private final TurnEnd turnEnd = new TurnEnd();
    private final ChainIdleness idleness;
    private int ended;
    private @Nullable KeyedStateBackend keyedState;

    /**
     * @param classes of the vertex
     * @param inputs number of inputs that the head tells apart
     */
    public OperatorChain(List<Member> members, Outputs outputs, SpecialisedClasses classes, int inputs) {
        this.members = List.copyOf(members);
        this.outputs = outputs;
        this.classes = classes;
        this.idleness = new ChainIdleness(this.members, outputs);
        this.links = new ChainLink[members.size()];
        this.processors = new RecordProcessor[members.size()];
        this.heads = new RecordProcessor[inputs];
        this.woken = new WokenOperators(members.size());
        this.requests = new OperatorRequests(members.size());
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

    /**
     * Drives records without keys through the chain, which must be open, by one of its head's inputs.
     *
     * @param state the head's keyed state where its other inputs have keys, or null
     */
    public RecordLoop plainLoop(int input, @Nullable KeyedStateBackend state) {
        Specialiser place = classes.at("input " + input);
        return state == null
                ? place.create(LOOKUP, RecordLoop.class, PlainLoop.class, heads[input], headName(), outputs)
                : place.create(LOOKUP, RecordLoop.class, KeylessLoop.class, heads[input], headName(), outputs, state);
    }

    /**
     * Drives the records of one keyed edge through the chain, which must be open.
     *
     * @param edge number of the edge among all of the job's
     * @param input the head's input that it leads to
     */
    public RecordLoop keyedLoop(int edge, int input, KeySelector<?, ?> selector, KeyedStateBackend state) {
        return classes.at("loop " + edge)
                .create(
                        LOOKUP,
                        RecordLoop.class,
                        KeyedLoop.class,
                        heads[input],
                        headName(),
                        outputs,
                        selector,
                        state.recordKeys());
    }

    private String headName() {
        return members.get(0).name();
    }

    public Outputs outputs() {
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
        turnEnd.setRule(isOver);
    }

    boolean mustStop(int operator) {
        if (outputs.isFull()) {
            return true;
        }
        for (int later = operator + 1; later < due.length; later++) {
            if (requests.isPaused(later) || due[later] > reached[later]) {
                return true;
            }
        }
        return turnEnd.interrupts();
    }

    /** True when an operator stopped since the last call only because the turn was over. */
    public boolean takeInterrupted() {
        return turnEnd.takeInterrupted();
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
                processors[i] = i == 0 && heads.length > 0 ? openHead(operator) : operator.processor();
            } catch (Throwable e) {
                throw OperatorFailedException.in(members.get(i).name(), "when it was opened", e);
            }
        }
    }

    private RecordProcessor openHead(Operator head) {
        for (int input = 0; input < heads.length; input++) {
            heads[input] = head.processor(input);
        }
        return heads[0];
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

    /** Whether the gate is idle; goes through the operators behind the watermarks that are on their way. */
    public void setInputIdle(boolean idle) {
        idleness.setInputIdle(idle);
    }

    void idlenessChanged() {
        idleness.changed();
    }

    void emitWatermark(int operator, long watermark) throws Exception {
        if (operator + 1 == members.size()) {
            outputs.sendWatermark(watermark);
            return;
        }
        due[operator + 1] = Math.max(due[operator + 1], watermark);
        advanceFrom(operator + 1);
    }

    /**
     * Goes on with what operators had to stop, and with watermarks and times that they have not handled yet. False: still
     * stuck.
     */
    public boolean resume() throws Exception {
        if (requests.anyGoOn() && !goOn()) {
            return false;
        }
        if (!advanceFrom(0)) {
            return false;
        }
        idleness.pass();
        return !woken.any() || wakeOperators();
    }

    private boolean advanceFrom(int first) throws Exception {
        for (int i = first; i < due.length; i++) {
            if (due[i] > reached[i] && !advanceOne(i)) {
                return false;
            }
        }
        return true;
    }

    /** The operator asks for {@link Operator#goOn} at the next {@link #resume}. */
    public void goOnLater(int operator) {
        requests.goOn(operator);
    }

    /**
     * Last to first: an operator that goes on may be what one before it waits for. One that cannot for another reason than
     * the outputs or the turn keeps nothing else from going on.
     */
    private boolean goOn() throws Exception {
        for (int i = due.length - 1; i >= 0; i--) {
            if (requests.wantsToGoOn(i) && advanceFrom(i + 1)) {
                requests.goesOn(i);
                if (!guarded(i, "when it went on", Operator::goOn)) {
                    requests.goOn(i);
                }
            }
        }
        return !requests.anyGoOn() || !turnEnd.hasInterrupted() && !outputs.isFull();
    }

    /** An operator takes no records for now: see {@link OperatorContext#pauseInput}. */
    public void pauseInput(int operator) {
        requests.pause(operator);
        outputs.pauseInput();
    }

    /** Takes one {@link #pauseInput} back. */
    public void resumeInput(int operator) {
        outputs.resumeInput();
        requests.resume(operator);
    }

    /**
     * While true, operators are not told that the clock has reached a time they asked for. They are told later.
     */
    public void setAsleep(boolean asleep) {
        woken.setAsleep(asleep);
    }

    /**
     * Has the head handle the last watermark once more at the next {@link #resume}, if it has come: records that a loop
     * brings after it set timers that no other watermark would fire. Operators behind the head have no timers.
     */
    public void repeatLastWatermark() {
        if (reached[0] == Timestamps.END) {
            reached[0] = Timestamps.END - 1;
        }
    }

    /**
     * The clock has reached a time that an operator asked for; it is told by the next {@link #resume}. One whose input
     * has ended is told nothing any more.
     */
    public void wake(int operator, long nowMs) {
        if (operator >= ended) {
            woken.wake(operator, nowMs);
        }
    }

    private boolean wakeOperators() throws Exception {
        for (int i = 0; i < due.length; i++) {
            long now = woken.timeOf(i);
            if (now != Timestamps.NONE) {
                if (!guarded(i, "at a processing time", operator -> operator.advanceProcessingTime(now))) {
                    return false;
                }
                woken.handled(i);
            }
        }
        return true;
    }

    /** Something that an operator does in pieces; false when there is more to do. */
    @FunctionalInterface
    private interface Piece {
        boolean run(Operator operator) throws Exception;
    }

    private boolean guarded(int position, String when, Piece piece) throws Exception {
        Member member = members.get(position);
        try {
            return piece.run(member.operator());
        } catch (OperatorFailedException e) {
            throw e;
        } catch (Throwable e) {
            throw OperatorFailedException.in(member.name(), when, e);
        }
    }

    private boolean advanceOne(int position) throws Exception {
        long watermark = due[position];
        if (!guarded(position, "at a watermark", operator -> operator.advanceWatermark(watermark))) {
            return false;
        }
        reached[position] = watermark;
        long passedOn = members.get(position).operator().outputWatermark(watermark);
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

    /** All input is handled, and the last watermark with it. False: to be called again, for an operator has more to do. */
    public boolean endInput() throws Exception {
        while (ended < members.size()) {
            if (!guarded(ended, "at the end of its input", Operator::endInput)) {
                return false;
            }
            ended++;
        }
        return true;
    }

    /** The state of all operators as of now; a chain that is stuck will go on from it after a restore. */
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

    /** For a checkpoint: the watermarks that the operators have reached, then those that they are to reach. */
    public long[] watermarks() {
        long[] both = Arrays.copyOf(reached, 2 * reached.length);
        System.arraycopy(due, 0, both, reached.length, due.length);
        return both;
    }

    /** Takes what {@link #watermarks} gave. A chain that was stuck is stuck again. */
    public void restoreWatermarks(long[] both) {
        System.arraycopy(both, 0, reached, 0, reached.length);
        System.arraycopy(both, reached.length, due, 0, due.length);
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
