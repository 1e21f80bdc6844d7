// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.StreamJob;
import io.millrace.api.types.TypeHint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.subtask.SnapshotServices;
import io.millrace.runtime.subtask.SubtaskAssembly;
import io.millrace.runtime.subtask.SubtaskMachine;
import io.millrace.runtime.subtask.SubtaskPorts;
import io.millrace.runtime.subtask.SubtaskSettings;
import io.millrace.runtime.subtask.VertexClasses;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.state.memory.MemoryStateBackend;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The engine's subtask of a job's last vertex, run by the calling thread: no actor, no node, so that nothing but the
 * path of a record is measured. Confined to one thread.
 */
final class SubtaskHost implements SubtaskPorts {
    /** How chains are run. */
    enum Chains {
        /** Of classes that all jobs of the JVM share. */
        ORDINARY(false),
        /** Of classes of the vertex's own. */
        SPECIALISED(true);

        private final VertexClasses classes;

        Chains(boolean specialised) {
            this.classes = new VertexClasses(specialised);
        }
    }

    /** Far more than a batch takes: a turn ends when there is nothing left. */
    private static final Duration TURN_BUDGET = Duration.ofSeconds(10);

    private static final int EPOCH = 1;
    private static final int MAX_PARALLELISM = 128;
    private static final KeyCodec<Long> KEYS = new Codecs(Map.of()).forKey(TypeHint.of(Long.class));

    private final SubtaskMachine machine;
    private final Queue<Runnable> actions = new ArrayDeque<>();
    private boolean turnRequested;
    private long sequence;

    /**
     * Deploys and starts the subtask.
     *
     * @param args arguments of the job
     */
    SubtaskHost(Class<? extends StreamJob> jobClass, Chains chains, String... args) {
        JobSpec spec =
                new JobSpec(jobClass.getSimpleName(), jobClass.getName(), List.of(args), 1, MAX_PARALLELISM, "", 0);
        ClassLoader loader = jobClass.getClassLoader();
        JobGraph graph = JobDefinition.of(spec, Map.of(), true, name -> loader).graph();
        Vertex last = graph.vertices().get(graph.vertices().size() - 1);
        SubtaskId subtask = new SubtaskId(last.id(), 0);
        SubtaskAssembly assembly = new SubtaskAssembly(
                SnapshotServices.on(new NoStorage()), new MemoryStateBackend(), name -> loader, chains.classes);
        machine = new SubtaskMachine(
                this,
                assembly,
                new SubtaskSettings(
                        new ChannelSettings(8, 512, 4096), TURN_BUDGET, Duration.ofMillis(1), Duration.ofDays(1)));
        machine.onCommand(new SubtaskCommand.Deploy(
                subtask, EPOCH, spec, Map.of(), graph.fingerprint().parts(), null, true));
        runActions();
        machine.onCommand(new SubtaskCommand.Connect(subtask, EPOCH));
        runTurns();
    }

    /**
     * A batch as a channel carries it; may be processed any number of times.
     *
     * @param firstTimestamp of the first event; each further one is a millisecond later
     */
    static RecordBatch batch(Event[] events, long firstTimestamp) {
        RecordBatch batch = new RecordBatch(events.length, events.length, false);
        for (int i = 0; i < events.length; i++) {
            batch.add(events[i], firstTimestamp + i, 0);
        }
        return batch;
    }

    /** A batch of a keyed edge, with the watermark after its last event. */
    static RecordBatch keyedBatch(Event[] events, long firstTimestamp) {
        RecordBatch batch = new RecordBatch(events.length, events.length, true);
        for (int i = 0; i < events.length; i++) {
            batch.add(events[i], firstTimestamp + i, KEYS.hash(events[i].key()));
        }
        batch.setWatermark(firstTimestamp + events.length - 1);
        return batch;
    }

    /**
     * A batch of a keyed edge of some of the events, with the watermark before its last event's time.
     *
     * @param before how many events there were in batches before it
     * @param eventsPerMs how many have the same timestamp
     */
    static RecordBatch keyedBatch(Event[] events, int from, int count, long before, int eventsPerMs) {
        RecordBatch batch = new RecordBatch(count, count, true);
        for (int i = 0; i < count; i++) {
            Event event = events[from + i];
            batch.add(event, (before + i) / eventsPerMs, KEYS.hash(event.key()));
        }
        batch.setWatermark((before + count - 1) / eventsPerMs - 1);
        return batch;
    }

    /** Has the subtask take in a batch and work until nothing of it is left. */
    void process(RecordBatch batch) {
        machine.onData(new DataMessage.Element(0, EPOCH, sequence++, batch));
        runTurns();
    }

    void close() {
        machine.close();
    }

    private void runTurns() {
        while (turnRequested) {
            turnRequested = false;
            machine.runTurn();
        }
    }

    private void runActions() {
        Runnable action = actions.poll();
        while (action != null) {
            action.run();
            action = actions.poll();
        }
    }

    @Override
    public void connect(Wiring wiring) {}

    @Override
    public void sendDown(int outboundChannel, DataMessage.Element element) {
        throw new IllegalStateException("The measured vertex must be the job's last one, but it sends records on.");
    }

    /** Credit: nobody counts it here. */
    @Override
    public void sendUp(int inboundChannel, DataMessage message) {}

    @Override
    public void toCoordinator(SubtaskEvent event) {
        if (event instanceof SubtaskEvent.Failed failed) {
            throw new IllegalStateException("The measured subtask failed: " + failed.reason());
        }
    }

    @Override
    public void requestTurn() {
        turnRequested = true;
    }

    @Override
    public void execute(Runnable action) {
        actions.add(action);
    }

    /** Reports of progress: nobody asks for them here. */
    @Override
    public void delayed(Duration delay, Runnable action) {}

    @Override
    public Executor ioExecutor() {
        return Runnable::run;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public int maxMailboxDepth() {
        return 0;
    }

    @Override
    public long incarnation() {
        return 1;
    }

    @Override
    public void stopped() {}

    @Override
    public void log(String message, Throwable cause) {
        throw new IllegalStateException(message, cause);
    }
}
