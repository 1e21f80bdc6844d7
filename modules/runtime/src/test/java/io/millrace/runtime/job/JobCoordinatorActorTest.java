// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.checkpoint.coordination.CheckpointSettings;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.placement.Slot;
import io.millrace.runtime.placement.SubtaskEnvelope;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.ShellMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.protocol.SubtaskMessage;
import io.millrace.runtime.subtask.SnapshotServices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.JournalOperation;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.ProcessingResult;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.StorageFailure;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCoordinatorActorTest {
    private static final String JOB = "numbers";
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private ActorTestKit kit;
    private PersistenceTestKit journal;
    private TestProbe<SubtaskEnvelope> subtasks;
    /** The subtasks' actors. */
    private final Map<SubtaskId, TestProbe<SubtaskMessage>> actors = new LinkedHashMap<>();

    private ExecutorService io;

    /** Its definition waits until it may go on. */
    public static final class Numbers implements StreamJob {
        private static volatile CountDownLatch mayGoOn = new CountDownLatch(0);

        @Override
        public void define(StreamEnvironment env) {
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (env.args().get("error").isPresent()) {
                throw new AssertionError(env.args().require("error"));
            }
            env.fromSource(
                            GeneratorSource.of(i -> i, 10, Long.class),
                            WatermarkStrategy.<Long>noWatermarks(),
                            "numbers")
                    .sinkTo(new DiscardSink<>("coordinator-test"));
        }
    }

    @BeforeEach
    void start() {
        Numbers.mayGoOn = new CountDownLatch(0);
        kit = ActorTestKit.create(PersistenceTestKitPlugin.getInstance()
                .config()
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(ConfigFactory.parseString("pekko.actor.provider = local"))
                .withFallback(ConfigFactory.load()));
        journal = PersistenceTestKit.create(kit.system());
        subtasks = kit.createTestProbe(SubtaskEnvelope.class);
        all().forEach(subtask -> actors.put(subtask, kit.createTestProbe(SubtaskMessage.class)));
        io = Executors.newFixedThreadPool(2);
    }

    @AfterEach
    void stop() {
        Numbers.mayGoOn.countDown();
        kit.shutdownTestKit();
        io.shutdownNow();
    }

    @Test
    void aCheckpointThatTheJournalDidNotTakeIsForgotten() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        ActorRef<CoordinatorMessage> coordinator = spawn();
        submit(coordinator, "");
        journal.withPolicy((id, operation) -> refuse(operation, JobEvent.CheckpointCompleted.class, failed));

        ActorRef<ShellMessage.Told> told = makeReady();
        SubtaskCommand.TriggerCheckpoint trigger = awaitCommand(SubtaskCommand.TriggerCheckpoint.class);
        for (SubtaskId each : all()) {
            told.tell(told(new SubtaskEvent.Acknowledged(
                    each, 1, trigger.checkpointId(), new StoredFile("job/part-" + each.index(), 1, 1))));
        }

        SubtaskCommand.Deploy next = awaitDeploy(2);
        assertThat(failed).isTrue();
        assertThat(next.restore())
                .as("no checkpoint is in the journal: there is none to go on from")
                .isNull();
    }

    @Test
    void whoSubmitsAJobThatIsBeingSubmittedIsTurnedAwayAndTheFirstIsAnswered() throws Exception {
        Numbers.mayGoOn = new CountDownLatch(1);
        ActorRef<CoordinatorMessage> coordinator = spawn();
        TestProbe<CoordinatorMessage.SubmitAnswer> first = kit.createTestProbe(CoordinatorMessage.SubmitAnswer.class);
        TestProbe<CoordinatorMessage.SubmitAnswer> second = kit.createTestProbe(CoordinatorMessage.SubmitAnswer.class);
        coordinator.tell(new CoordinatorMessage.Submit(spec(List.of("--of", "first")), first.ref()));
        coordinator.tell(new CoordinatorMessage.Submit(spec(List.of("--of", "second")), second.ref()));

        assertThat(second.receiveMessage(SOON).rejection()).contains("being submitted by somebody else");
        Numbers.mayGoOn.countDown();
        assertThat(first.receiveMessage(SOON).rejection()).isEmpty();
        assertThat(awaitDeploy(1).job().args()).containsExactly("--of", "first");
    }

    @Test
    void whoSubmitsIsAnsweredWhenTheJournalFails() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        ActorRef<CoordinatorMessage> coordinator = spawn();
        journal.withPolicy((id, operation) -> refuse(operation, JobEvent.JobSubmitted.class, failed));
        TestProbe<CoordinatorMessage.SubmitAnswer> answers = kit.createTestProbe(CoordinatorMessage.SubmitAnswer.class);
        coordinator.tell(new CoordinatorMessage.Submit(spec(List.of()), answers.ref()));

        assertThat(answers.receiveMessage(SOON).rejection()).contains("Submit it again");
        submit(coordinator, "");
        assertThat(awaitDeploy(1)).isNotNull();
    }

    @Test
    void whoSubmitsAgainIsAnsweredWhenTheJobIsCanceledMeanwhile() throws Exception {
        ActorRef<CoordinatorMessage> coordinator = spawn();
        submit(coordinator, "");
        cancel(coordinator);
        Numbers.mayGoOn = new CountDownLatch(1);
        TestProbe<CoordinatorMessage.SubmitAnswer> answers = kit.createTestProbe(CoordinatorMessage.SubmitAnswer.class);
        coordinator.tell(new CoordinatorMessage.Submit(spec(List.of()), answers.ref()));
        cancel(coordinator);

        assertThat(answers.receiveMessage(SOON).rejection()).contains("canceled");
    }

    @Test
    void anErrorInADefinitionIsToldToWhoSubmits() throws Exception {
        ActorRef<CoordinatorMessage> coordinator = spawn();
        TestProbe<CoordinatorMessage.SubmitAnswer> answers = kit.createTestProbe(CoordinatorMessage.SubmitAnswer.class);
        coordinator.tell(new CoordinatorMessage.Submit(spec(List.of("--error", "planned")), answers.ref()));

        assertThat(answers.receiveMessage(SOON).rejection()).contains("planned");
    }

    @Test
    void anActorThatWasReplacedIsNotConnected() throws Exception {
        ActorRef<CoordinatorMessage> coordinator = spawn();
        submit(coordinator, "");
        TestProbe<SubtaskMessage> old = kit.createTestProbe(SubtaskMessage.class);
        List<SubtaskId> all = all();
        for (int i = 0; i < all.size(); i++) {
            ShellMessage.DeployFrom deploy =
                    (ShellMessage.DeployFrom) subtasks.receiveMessage(SOON).message();
            deploy.coordinator()
                    .tell(told(new SubtaskEvent.Ready(deploy.deploy().subtask(), 1, 1)));
            if (i == 0) {
                deploy.coordinator()
                        .tell(new ShellMessage.Told(
                                new SubtaskEvent.InputEnded(deploy.deploy().subtask(), 0), old.ref()));
            }
        }

        ShellMessage.ConnectTo connect =
                (ShellMessage.ConnectTo) subtasks.receiveMessage(SOON).message();
        assertThat(connect.peers().values())
                .containsExactlyInAnyOrderElementsOf(
                        actors.values().stream().map(TestProbe::ref).toList());
    }

    @Test
    void aSubtaskWhoseActorHasEndedBeginsANewEpoch() throws Exception {
        ActorRef<CoordinatorMessage> coordinator = spawn();
        submit(coordinator, "");
        makeReady();
        actorOf(all().get(0)).stop();
        SubtaskCommand.Deploy next = awaitDeploy(2);
        assertThat(next.restore()).isNull();
    }

    @Test
    void aJobThatHasEndedDoesNotMindTheEndOfItsActors() throws Exception {
        ActorRef<CoordinatorMessage> coordinator = spawn();
        submit(coordinator, "");
        makeReady();
        cancel(coordinator);
        submit(coordinator, "");
        actorOf(all().get(0)).stop();
        awaitDeploy(2);
        TestProbe<CoordinatorMessage.ProgressAnswer> answers =
                kit.createTestProbe(CoordinatorMessage.ProgressAnswer.class);
        await().during(Duration.ofMillis(200)).untilAsserted(() -> {
            coordinator.tell(new CoordinatorMessage.GetProgress(answers.ref()));
            assertThat(answers.receiveMessage(SOON).progress().restarts()).isZero();
        });
    }

    private void cancel(ActorRef<CoordinatorMessage> coordinator) {
        TestProbe<CoordinatorMessage.CancelAnswer> answers = kit.createTestProbe(CoordinatorMessage.CancelAnswer.class);
        coordinator.tell(new CoordinatorMessage.Cancel(answers.ref()));
        assertThat(answers.receiveMessage(SOON).status()).isEqualTo(JobStatus.CANCELED);
    }

    private ActorRef<CoordinatorMessage> spawn() throws IOException {
        return kit.spawn(JobCoordinatorActor.create(new Services(new LocalSnapshotStorage(directory)), JOB));
    }

    private static ProcessingResult refuse(
            JournalOperation operation, Class<? extends JobEvent> wanted, AtomicBoolean once) {
        Predicate<Object> isWanted = wanted::isInstance;
        return operation instanceof WriteEvents write
                        && scala.jdk.javaapi.CollectionConverters.asJava(write.batch()).stream()
                                .anyMatch(isWanted)
                        && once.compareAndSet(false, true)
                ? StorageFailure.create(new IllegalStateException("planned failure of the journal"))
                : ProcessingSuccess.getInstance();
    }

    private void submit(ActorRef<CoordinatorMessage> coordinator, String expectedRejection) {
        TestProbe<CoordinatorMessage.SubmitAnswer> answers = kit.createTestProbe(CoordinatorMessage.SubmitAnswer.class);
        coordinator.tell(new CoordinatorMessage.Submit(spec(List.of()), answers.ref()));
        assertThat(answers.receiveMessage(SOON).rejection()).isEqualTo(expectedRejection);
    }

    private static JobSpec spec(List<String> args) {
        return new JobSpec(JOB, Numbers.class.getName(), args, 1, 16, "", 0);
    }

    private ActorRef<ShellMessage.Told> makeReady() throws Exception {
        ActorRef<ShellMessage.Told> coordinator = null;
        for (int i = 0; i < all().size(); i++) {
            SubtaskEnvelope envelope = subtasks.receiveMessage(SOON);
            ShellMessage.DeployFrom deploy = (ShellMessage.DeployFrom) envelope.message();
            coordinator = deploy.coordinator();
            coordinator.tell(told(new SubtaskEvent.Ready(
                    deploy.deploy().subtask(), deploy.deploy().epoch(), 1)));
        }
        return coordinator;
    }

    private TestProbe<SubtaskMessage> actorOf(SubtaskId subtask) {
        return Objects.requireNonNull(actors.get(subtask));
    }

    private ShellMessage.Told told(SubtaskEvent event) {
        return new ShellMessage.Told(event, actorOf(event.subtask()).ref());
    }

    private SubtaskCommand.Deploy awaitDeploy(long epoch) {
        while (true) {
            if (subtasks.receiveMessage(SOON).message() instanceof ShellMessage.DeployFrom deploy
                    && deploy.deploy().epoch() == epoch) {
                return deploy.deploy();
            }
        }
    }

    private <T extends SubtaskCommand> T awaitCommand(Class<T> wanted) {
        while (true) {
            SubtaskMessage message = subtasks.receiveMessage(SOON).message();
            if (wanted.isInstance(message)) {
                return wanted.cast(message);
            }
        }
    }

    private static List<SubtaskId> all() {
        return JobTopology.of(JobDefinition.of(spec(List.of()), Map.of(), true, CLASSES)
                        .graph())
                .subtasks();
    }

    private static final JobClasses CLASSES = name -> JobCoordinatorActorTest.class.getClassLoader();

    private final class Services implements CoordinatorServices {
        private final SnapshotServices snapshots;

        private Services(LocalSnapshotStorage storage) {
            this.snapshots = SnapshotServices.on(storage);
        }

        @Override
        public JobSettings settingsOf(@Nullable JobSpec spec) {
            return new JobSettings(
                    new CheckpointSettings(50, 10_000, 0, 10, 2),
                    true,
                    RestartSettings.fixedDelay(5, 10),
                    10_000,
                    10_000,
                    true);
        }

        @Override
        public List<Slot> slots() {
            return List.of(new Slot(1, 0));
        }

        @Override
        public ActorRef<SubtaskEnvelope> region(boolean blocking) {
            return subtasks.ref();
        }

        @Override
        public Duration progressInterval() {
            return Duration.ofMillis(100);
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public SnapshotServices snapshots() {
            return snapshots;
        }

        @Override
        public JobClasses jobClasses() {
            return CLASSES;
        }

        @Override
        public Executor ioExecutor() {
            return io;
        }
    }
}
