// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.job.CoordinatorMessage;
import io.millrace.runtime.job.JobEvent;
import io.millrace.runtime.job.JobRecord;
import io.millrace.runtime.placement.SubtaskEnvelope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that may leave a node or go to the journal comes back as it was. */
class MessageSerializationTest {
    private static final SubtaskId SUBTASK = new SubtaskId("count", 3);
    private static final StoredFile FILE = new StoredFile("job/epoch-1/checkpoint-2/x.manifest", 17, 0xffff_ffffL);
    private static final JobSpec SPEC = new JobSpec("job", "a.B", List.of("--x", "1"), 2, 4096, "{}", 5);

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                "serialization",
                ConfigFactory.parseString("pekko.actor.provider = local\nmillrace.dir = unused")
                        .withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatSubtasksSay() {
        TestProbe<SubtaskMessage> subtask = kit.createTestProbe();
        List<SubtaskEvent> events = List.of(
                new SubtaskEvent.Ready(SUBTASK, 4, -5),
                new SubtaskEvent.Acknowledged(SUBTASK, 4, 9, FILE),
                new SubtaskEvent.Declined(SUBTASK, 4, 9, "no room"),
                new SubtaskEvent.Committed(SUBTASK, 4, 9),
                new SubtaskEvent.InputEnded(SUBTASK, 4),
                new SubtaskEvent.Failed(SUBTASK, 4, SubtaskEvent.FailureKind.CORRUPT_SNAPSHOT, "why"),
                new SubtaskEvent.SourceWatermark(SUBTASK, 4, "orders", Long.MAX_VALUE),
                new SubtaskEvent.Report(SUBTASK, 4, true, new SubtaskCounters(1, 2, 3, Long.MIN_VALUE, true, 4, 5)));
        assertCovers(SubtaskEvent.class, events);
        events.forEach(event -> roundTrip(new ShellMessage.Told(event, subtask.getRef())));
    }

    @Test
    void whatSubtasksHear() {
        TestProbe<SubtaskMessage> subtask = kit.createTestProbe();
        TestProbe<ShellMessage.Told> coordinator = kit.createTestProbe();
        SubtaskCommand.Deploy deploy = new SubtaskCommand.Deploy(
                SUBTASK,
                4,
                SPEC,
                Map.of("seed", "7"),
                Map.of("vertex 1", "ab"),
                new SubtaskCommand.Restore(9, FILE, FILE),
                true);
        List<SubtaskMessage> messages = List.of(
                new ShellMessage.DeployFrom(deploy, coordinator.getRef()),
                new ShellMessage.ConnectTo(
                        new SubtaskCommand.Connect(SUBTASK, 4), Map.of(SUBTASK.toString(), subtask.getRef())),
                new ShellMessage.HandOff(),
                new SubtaskCommand.TriggerCheckpoint(SUBTASK, 4, 9),
                new SubtaskCommand.CheckpointCompleted(SUBTASK, 4, 9),
                new SubtaskCommand.AlignWatermark(SUBTASK, 4, Long.MIN_VALUE),
                new SubtaskCommand.Stop(SUBTASK, 4),
                new DataMessage.CreditGrant(1, 4, 8),
                new DataMessage.SplitRequest(4, 1));
        List<Object> covered = new ArrayList<>(messages);
        covered.addAll(List.of(deploy, new SubtaskCommand.Connect(SUBTASK, 4)));
        assertCovers(SubtaskCommand.class, covered);
        messages.forEach(message -> roundTrip(new SubtaskEnvelope("1/0|job|count|3|0", message)));
    }

    @Test
    void whatUsersAskAndHear() {
        TestProbe<CoordinatorMessage.SubmitAnswer> submitter = kit.createTestProbe();
        TestProbe<CoordinatorMessage.CancelAnswer> canceler = kit.createTestProbe();
        TestProbe<CoordinatorMessage.ProgressAnswer> watcher = kit.createTestProbe();
        JobProgress progress =
                new JobProgress(JobStatus.RUNNING, 1, 2, 3, 4, Long.MAX_VALUE, 5, 6, 7, 8, 9, 10, 11, null);
        Stream.of(
                        new CoordinatorMessage.Submit(SPEC, submitter.getRef()),
                        new CoordinatorMessage.SubmitAnswer("no", true),
                        new CoordinatorMessage.Cancel(canceler.getRef()),
                        new CoordinatorMessage.CancelAnswer(JobStatus.CANCELED),
                        new CoordinatorMessage.GetProgress(watcher.getRef()),
                        new CoordinatorMessage.ProgressAnswer(progress),
                        new CoordinatorMessage.Watch(watcher.getRef()),
                        new CoordinatorMessage.HandOff())
                .forEach(MessageSerializationTest::roundTrip);
    }

    @Test
    void whatTheJournalHolds() {
        CompletedCheckpoint checkpoint = new CompletedCheckpoint(9, 4, CheckpointKind.FINAL, FILE);
        List<JobEvent> events = List.of(
                new JobEvent.JobSubmitted(SPEC),
                new JobEvent.EpochClaimed(4, Map.of("seed", "7"), Map.of("count-3", 2L), "started"),
                new JobEvent.CheckpointCompleted(checkpoint, List.of(6L, 7L)),
                new JobEvent.CheckpointUnusable(9, "a flipped bit"),
                new JobEvent.JobEnded(JobStatus.FINISHED, "all input was handled"));
        assertCovers(JobEvent.class, events);
        JobRecord record = JobRecord.EMPTY;
        roundTrip(record);
        for (JobEvent event : events) {
            roundTrip(event);
            record = record.apply(event);
            roundTrip(record);
        }
    }

    private static void roundTrip(Object message) {
        kit.serializationTestKit().verifySerialization(message, true);
    }

    /** A kind of message that is added to the family and not here is found. */
    private static void assertCovers(Class<?> family, List<?> samples) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        samples.forEach(sample -> seen.add(sample.getClass()));
        assertThat(seen).containsAll(List.of(family.getPermittedSubclasses()));
    }
}
