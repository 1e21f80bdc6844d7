// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

import io.millrace.operators.LateRecordSample;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.PullOperator;
import io.millrace.operators.RecordProcessor;
import io.millrace.specialisation.SpecialisedClasses;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Drives one operator the way a chain host does, with virtual time and no thread of its own. */
public final class OperatorHarness {
    /** Makes operators in the way that the build runs the tests: once each way. */
    public static final Specialiser SPECIALISER = "off".equals(System.getProperty("millrace.chain.specialise"))
            ? Specialiser.ordinary()
            : SpecialisedClasses.create().at("0 tested");

    private final Operator operator;
    private RecordProcessor processor;
    private final HarnessContext context;
    private final KeyedStateBackend state;
    private boolean firing;

    private final Map<Integer, RecordProcessor> inputs = new HashMap<>();
    private boolean waking;

    private OperatorHarness(Operator operator, boolean keyed, OperatorSnapshotCopy restored) {
        this(operator, keyed ? new FakeKeyedState(restored == null ? null : restored.keyed()) : null, restored);
    }

    private OperatorHarness(Operator operator, KeyedStateBackend state, OperatorSnapshotCopy restored) {
        this.operator = operator;
        this.state = state;
        this.context = new HarnessContext(state, restored);
        if (restored != null) {
            context.watermark = restored.watermark();
        }
    }

    /** Opens and starts an operator on a stream without keys. */
    public static OperatorHarness unkeyed(Operator operator) throws Exception {
        return unkeyed(operator, null);
    }

    public static OperatorHarness unkeyed(Operator operator, OperatorSnapshotCopy restored) throws Exception {
        return created(operator, false, restored).begin();
    }

    /** The same on a keyed stream. */
    public static OperatorHarness keyed(Operator operator) throws Exception {
        return keyed(operator, null);
    }

    public static OperatorHarness keyed(Operator operator, OperatorSnapshotCopy restored) throws Exception {
        return created(operator, true, restored).begin();
    }

    /** The same on state of the test's own, which has been restored to that watermark. */
    public static OperatorHarness keyed(Operator operator, KeyedStateBackend state, long watermark) throws Exception {
        OperatorHarness harness = new OperatorHarness(operator, state, null);
        harness.context.watermark = watermark;
        return harness.begin();
    }

    /** Opens and starts the subtask of that index of an operator whose subtasks wrote the snapshots. */
    public static OperatorHarness unkeyed(Operator operator, int subtask, List<OperatorSnapshotCopy> restored)
            throws Exception {
        OperatorHarness harness = created(operator, false, restored.get(subtask));
        harness.context.subtaskIndex = subtask;
        harness.context.siblings = restored;
        return harness.begin();
    }

    /** Neither opened nor started. */
    public static OperatorHarness created(Operator operator, boolean keyed, OperatorSnapshotCopy restored) {
        return new OperatorHarness(operator, keyed, restored);
    }

    private OperatorHarness begin() throws Exception {
        open();
        operator.start();
        return this;
    }

    public void open() throws Exception {
        operator.open(context);
        processor = operator.processor(0);
        context.onWake = () -> waking = !operator.advanceProcessingTime(context.nowMs);
    }

    /** Gives a record to one of several inputs; no key is current. */
    public void processInput(int input, Object record, long timestamp) throws Exception {
        if (state != null) {
            state.clearCurrentKey();
        }
        give(input, record, timestamp);
    }

    /** The same, for a record with a key. */
    public void processInput(int input, Object key, Object record, long timestamp) throws Exception {
        state.setCurrentKey(key, 0);
        give(input, record, timestamp);
    }

    private void give(int input, Object record, long timestamp) throws Exception {
        inputs.computeIfAbsent(input, operator::processor).process(record, timestamp);
    }

    /** Goes on with a processing time that stopped at a full output. */
    public void goOnWaking() throws Exception {
        while (waking) {
            setRoom(Integer.MAX_VALUE);
            context.onWake.run();
        }
    }

    /** Runs what other threads have handed over, then lets the operator go on if it asked; false when it is to again. */
    public boolean handleExecuted() throws Exception {
        while (!context.executed.isEmpty()) {
            context.executed.remove().run();
        }
        if (context.goingOn) {
            context.goingOn = !operator.goOn();
        }
        return !context.goingOn;
    }

    /** Actions that other threads have handed over and that have not run. */
    public int waitingActions() {
        return context.executed.size();
    }

    /** Advances the watermark; answers the one that passes on at once. */
    public long passWatermark(long watermark) throws Exception {
        advance(watermark);
        return operator.outputWatermark(watermark);
    }

    /** How often the operator has paused the input and not resumed it. */
    public int pauses() {
        return context.pauses;
    }

    /** Registers something that functions may ask for; before the operator is opened. */
    public <S> OperatorHarness withService(Class<S> type, S service) {
        context.services.put(type, service);
        return this;
    }

    /** Has the operator's id be its place in the definition. */
    public void withoutStableId() {
        context.stableId = false;
    }

    public OperatorContext context() {
        return context;
    }

    public void process(Object record, long timestamp) throws Exception {
        processor.process(record, timestamp);
    }

    public void process(Object key, Object record, long timestamp) throws Exception {
        process(key, 0, record, timestamp);
    }

    public void process(Object key, int keyHash, Object record, long timestamp) throws Exception {
        state.setCurrentKey(key, keyHash);
        processor.process(record, timestamp);
    }

    /** Advances the watermark; answers false when the operator stopped at a full output. */
    public boolean advance(long watermark) throws Exception {
        context.watermark = Math.max(context.watermark, watermark);
        firing = !operator.advanceWatermark(watermark);
        return !firing;
    }

    /** Advances the watermark with room for one record at a time. */
    public void advanceBySteps(long watermark) throws Exception {
        do {
            setRoom(1);
        } while (!advance(watermark));
        setRoom(Integer.MAX_VALUE);
    }

    /** Goes on with a watermark that stopped at a full output. */
    public void goOn() throws Exception {
        while (firing) {
            setRoom(Integer.MAX_VALUE);
            advance(context.watermark);
        }
    }

    public void setRoom(int records) {
        context.room = records;
    }

    /** Takes a snapshot and waits for its parts, which go on as the test runs IO tasks. */
    public Pending barrier(long checkpointId) throws Exception {
        OperatorSnapshot snapshot = operator.snapshot(checkpointId);
        return new Pending(checkpointId, context.watermark, snapshot);
    }

    /** Takes a snapshot that is complete once all IO tasks have run. */
    public OperatorSnapshotCopy snapshot(long checkpointId) throws Exception {
        Pending pending = barrier(checkpointId);
        runIo();
        return pending.copy();
    }

    /** Runs all tasks of the IO executor. */
    public void runIo() {
        while (!context.ioTasks.isEmpty()) {
            context.ioTasks.remove().run();
        }
    }

    /** Runs one asynchronous call with its handler; answers false when there is none. */
    public boolean runAsyncCall() throws Exception {
        if (context.asyncCalls.isEmpty()) {
            return false;
        }
        context.asyncCalls.remove().run();
        return true;
    }

    public void runAsyncCalls() throws Exception {
        while (runAsyncCall()) {
            // The call has run.
        }
    }

    public int waitingAsyncCalls() {
        return context.asyncCalls.size();
    }

    public void passTime(Duration duration) throws Exception {
        context.passTime(duration);
    }

    /** Sets the clock forward; nothing runs meanwhile. */
    public void jump(Duration duration) {
        context.nowMs += duration.toMillis();
    }

    /** All delays that were asked for. */
    public List<Duration> delays() {
        return context.delays;
    }

    public Operator operator() {
        return operator;
    }

    public PullOperator puller() {
        return (PullOperator) operator;
    }

    /** Records and watermarks, in order. */
    public List<Object> emitted() {
        return context.emitted;
    }

    public List<Object> records() {
        return context.emitted.stream()
                .filter(Emitted.class::isInstance)
                .map(element -> ((Emitted) element).record())
                .toList();
    }

    public List<Long> watermarks() {
        return context.emitted.stream()
                .filter(EmittedWatermark.class::isInstance)
                .map(element -> ((EmittedWatermark) element).watermark())
                .toList();
    }

    public List<Emitted> side(String tag) {
        return context.side.getOrDefault(tag, List.of());
    }

    public int lateRecords() {
        return context.lateRecords;
    }

    /** The last of them. */
    public List<LateRecordSample.Entry> lateRecordSample() {
        return context.lateSample.entries();
    }

    /** Watermarks that the coordinator was told. */
    public List<Long> reports() {
        return context.reports;
    }

    /** How often the operator said that its idleness has changed. */
    public int idlenessChanges() {
        return context.idlenessChanges;
    }

    /** Ends the input; answers false when the operator stopped at a full output. */
    public boolean endInput() throws Exception {
        return operator.endInput();
    }

    public int splitRequests() {
        return context.splitRequests;
    }

    public long stateSize() {
        return state.size();
    }

    /** A snapshot whose parts may still be on their way. */
    public record Pending(long checkpointId, long watermark, OperatorSnapshot snapshot) {
        public boolean isComplete() {
            return snapshot.parts().values().stream()
                    .allMatch(part -> part.toCompletableFuture().isDone());
        }

        public OperatorSnapshotCopy copy() {
            Map<String, byte[]> parts = new HashMap<>();
            for (Map.Entry<String, CompletionStage<byte[]>> part :
                    snapshot.parts().entrySet()) {
                parts.put(part.getKey(), part.getValue().toCompletableFuture().join());
            }
            return new OperatorSnapshotCopy(checkpointId, watermark, (FakeKeyedState.Copy) snapshot.keyed(), parts);
        }
    }
}
