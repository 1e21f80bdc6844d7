// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.state.memory.MemoryStateBackend;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubtaskMachineTest {
    private static final JobClasses CLASSES = name -> SubtaskMachineTest.class.getClassLoader();
    private static final JobSpec JOB = new JobSpec("mapped", Mapped.class.getName(), List.of(), 1, 16, "", 0);

    /** What user code did, and what it is to wait for when it is closed. */
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();

    private static volatile CountDownLatch mayClose = new CountDownLatch(0);

    @TempDir
    Path directory;

    private final List<SubtaskEvent> told = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService actor = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService io = Executors.newCachedThreadPool();
    private SubtaskMachine machine;
    private JobGraph graph;
    private SubtaskId subtask;

    /** A map that throws an error of a library at the number 13. */
    public static final class Mapped implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromSource(
                            GeneratorSource.of(i -> i, 10, Long.class),
                            WatermarkStrategy.<Long>noWatermarks(),
                            "numbers")
                    .rebalance()
                    .map(new Watched())
                    .sinkTo(new DiscardSink<>("subtask-test"));
        }
    }

    private static final class Watched implements MapFunction<Long, Long> {
        @Override
        public void open(RuntimeContext context) {
            CALLS.add("open");
        }

        @Override
        public Long map(Long number) {
            if (number == 13) {
                throw new ServiceConfigurationError("planned");
            }
            return number;
        }

        @Override
        public void close() throws Exception {
            mayClose.await();
            CALLS.add("close");
        }
    }

    @BeforeEach
    void make() throws Exception {
        CALLS.clear();
        mayClose = new CountDownLatch(0);
        graph = JobDefinition.of(JOB, Map.of(), true, CLASSES).graph();
        Vertex mapped = graph.vertices().get(graph.vertices().size() - 1);
        subtask = new SubtaskId(mapped.id(), 0);
        machine = new SubtaskMachine(
                new Ports(),
                new SubtaskAssembly(
                        SnapshotServices.on(new LocalSnapshotStorage(directory)),
                        new MemoryStateBackend(),
                        CLASSES,
                        new VertexClasses(true)),
                new SubtaskSettings(
                        new ChannelSettings(8, 16, 16),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(20)));
    }

    @AfterEach
    void end() {
        mayClose.countDown();
        actor.shutdownNow();
        io.shutdownNow();
    }

    @Test
    void anErrorOfUserCodeIsToldUntilTheNextEpochBegins() {
        run(1);
        RecordBatch batch = new RecordBatch(1, 1, false);
        batch.add(13L, 0, 0);
        actor.execute(() -> machine.onData(new DataMessage.Element(0, 1, 0, batch)));

        await().untilAsserted(() -> assertThat(failures()).hasSizeGreaterThan(2));
        assertThat(failures().get(0).reason()).contains("The operator 'map' failed", "planned", "at the record 13");
        deploy(2);
        await().until(() -> isReady(2));
        assertThat(failures()).allMatch(failed -> failed.epoch() == 1);
    }

    @Test
    void anEpochIsOpenedOnlyAfterTheOneBeforeIsClosed() {
        mayClose = new CountDownLatch(1);
        run(1);
        deploy(2);
        await().during(Duration.ofMillis(200)).until(() -> CALLS.size() == 1);
        mayClose.countDown();
        await().until(() -> isReady(2));
        assertThat(CALLS).containsExactly("open", "close", "open");
    }

    @Test
    void aRepeatedTriggerTakesNoSecondSnapshot() {
        run(1);
        trigger(1);
        await().until(() -> acknowledged(1) == 1);
        trigger(1);
        trigger(2);
        trigger(1);
        await().until(() -> acknowledged(2) == 1);
        trigger(3);
        await().until(() -> acknowledged(3) == 1);
        assertThat(acknowledged(1)).isEqualTo(1);
    }

    private void trigger(long checkpointId) {
        actor.execute(() -> machine.onCommand(new SubtaskCommand.TriggerCheckpoint(subtask, 1, checkpointId)));
    }

    private long acknowledged(long checkpointId) {
        return told.stream()
                .filter(event -> event instanceof SubtaskEvent.Acknowledged acknowledged
                        && acknowledged.checkpointId() == checkpointId)
                .count();
    }

    private void run(long epoch) {
        deploy(epoch);
        await().until(() -> isReady(epoch));
        actor.execute(() -> machine.onCommand(new SubtaskCommand.Connect(subtask, epoch)));
    }

    private void deploy(long epoch) {
        actor.execute(() -> machine.onCommand(new SubtaskCommand.Deploy(
                subtask, epoch, JOB, Map.of(), graph.fingerprint().parts(), null, true)));
    }

    private boolean isReady(long epoch) {
        return told.stream().anyMatch(event -> event instanceof SubtaskEvent.Ready && event.epoch() == epoch);
    }

    private List<SubtaskEvent.Failed> failures() {
        return told.stream()
                .filter(SubtaskEvent.Failed.class::isInstance)
                .map(SubtaskEvent.Failed.class::cast)
                .toList();
    }

    /** A thread is the actor. */
    private final class Ports implements SubtaskPorts {
        @Override
        public void connect(Wiring wiring) {
            assertThat(wiring.inboundCount()).isEqualTo(1);
        }

        @Override
        public void sendDown(int outboundChannel, DataMessage.Element element) {
            throw new AssertionError("The last vertex has nobody to send to.");
        }

        @Override
        public void sendUp(int inboundChannel, DataMessage message) {
            assertThat(message).isInstanceOf(DataMessage.CreditGrant.class);
        }

        @Override
        public void toCoordinator(SubtaskEvent event) {
            told.add(event);
        }

        @Override
        public void requestTurn() {
            actor.execute(machine::runTurn);
        }

        @Override
        public void execute(Runnable action) {
            actor.execute(action);
        }

        @Override
        public void delayed(Duration delay, Runnable action) {
            actor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public Executor ioExecutor() {
            return io;
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
        public void stopped() {
            told.clear();
        }

        @Override
        public void log(String message, Throwable cause) {
            assertThat(message).contains("failed in epoch");
        }
    }
}
