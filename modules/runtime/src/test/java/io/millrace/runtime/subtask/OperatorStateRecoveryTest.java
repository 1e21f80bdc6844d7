// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.VertexState;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.state.StateMigrationException;
import io.millrace.state.memory.MemoryStateBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two subtasks of a function with state of its own, through a checkpoint on disk into the next epoch. */
class OperatorStateRecoveryTest {
    private static final JobClasses CLASSES = name -> OperatorStateRecoveryTest.class.getClassLoader();

    /** What the functions found when they were opened, by subtask. */
    private static final Map<String, List<?>> FOUND = new TreeMap<>();

    private static boolean declaresTexts;
    private static boolean hasUid;

    @TempDir
    Path directory;

    private final JobSpec job = new JobSpec("state", Remembered.class.getName(), List.of(), 2, 16, "", 0);
    private SnapshotServices snapshots;
    private JobGraph graph;
    private Vertex vertex;

    public static final class Remembered implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            var mapped = env.fromSource(
                            GeneratorSource.of(i -> i, 10, Long.class),
                            WatermarkStrategy.<Long>noWatermarks(),
                            "numbers")
                    .setParallelism(1)
                    .rebalance()
                    .map(new Remembering());
            if (hasUid) {
                mapped = mapped.uid("remember");
            }
            mapped.sinkTo(new DiscardSink<>("operator-state-test"));
        }
    }

    private static final class Remembering implements MapFunction<Long, Long> {
        private ListState<Long> own;
        private ListState<Long> union;

        @Override
        public void open(RuntimeContext context) {
            if (declaresTexts) {
                context.getUnionListState(new ListStateDescriptor<>("union", String.class));
                return;
            }
            own = context.getOperatorListState(new ListStateDescriptor<>("own", Long.class));
            union = context.getUnionListState(new ListStateDescriptor<>("union", Long.class));
            FOUND.put("own " + context.subtaskIndex(), List.copyOf(own.get()));
            FOUND.put("union " + context.subtaskIndex(), List.copyOf(union.get()));
        }

        @Override
        public Long map(Long number) {
            own.add(number);
            union.add(number * 10);
            return number;
        }
    }

    @BeforeEach
    void define() throws Exception {
        FOUND.clear();
        declaresTexts = false;
        hasUid = true;
        snapshots = SnapshotServices.on(new LocalSnapshotStorage(directory));
        graph = JobDefinition.of(job, Map.of(), true, CLASSES).graph();
        vertex = graph.vertices().get(graph.vertices().size() - 1);
    }

    private SynchronousSubtask deployed(int index, long epoch, SubtaskCommand.Restore restore) {
        SynchronousSubtask subtask = new SynchronousSubtask(
                new SubtaskAssembly(snapshots, new MemoryStateBackend(), CLASSES, new VertexClasses(false)),
                new SubtaskSettings(
                        new ChannelSettings(8, 16, 16),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)));
        SubtaskId id = new SubtaskId(vertex.id(), index);
        subtask.command(new SubtaskCommand.Deploy(
                id, epoch, job, Map.of(), graph.fingerprint().parts(), restore, true));
        subtask.command(new SubtaskCommand.Connect(id, epoch));
        return subtask;
    }

    /** Runs some numbers through a subtask and takes a snapshot; the answer is its manifest. */
    private StoredFile run(SynchronousSubtask subtask, int index, long epoch, long... numbers) {
        RecordBatch batch = new RecordBatch(numbers.length, numbers.length, false);
        for (long number : numbers) {
            batch.add(number, 0, 0);
        }
        subtask.machine().onData(new DataMessage.Element(0, epoch, 0, batch));
        subtask.handleAll();
        subtask.command(new SubtaskCommand.TriggerCheckpoint(new SubtaskId(vertex.id(), index), epoch, epoch));
        return subtask.told().stream()
                .filter(SubtaskEvent.Acknowledged.class::isInstance)
                .map(event -> ((SubtaskEvent.Acknowledged) event).manifest())
                .findFirst()
                .orElseThrow();
    }

    /** Completes a checkpoint; the answer is what a subtask is told to restore. */
    private List<SubtaskCommand.Restore> complete(long epoch, List<StoredFile> manifests) throws Exception {
        StoredFile jobManifest = snapshots
                .manifests()
                .write(
                        "state/job-" + epoch,
                        new JobManifest(
                                JobManifest.FORMAT_VERSION,
                                job.jobId(),
                                job.jobName(),
                                epoch,
                                epoch,
                                CheckpointKind.CHECKPOINT,
                                0,
                                16,
                                Map.of(),
                                List.of(new VertexState(vertex.id(), 2, List.of(), manifests))));
        return manifests.stream()
                .map(manifest -> new SubtaskCommand.Restore(epoch, manifest, jobManifest))
                .toList();
    }

    private List<SubtaskCommand.Restore> firstCheckpoint() throws Exception {
        return complete(1, List.of(run(deployed(0, 1, null), 0, 1, 1, 2), run(deployed(1, 1, null), 1, 1, 3)));
    }

    @Test
    void aFreshStartFindsNothing() throws Exception {
        deployed(0, 1, null);
        assertThat(FOUND).isEqualTo(Map.of("own 0", List.of(), "union 0", List.of()));
    }

    @Test
    void eachSubtaskFindsItsOwnListAndTheUnionOfAll() throws Exception {
        List<SubtaskCommand.Restore> restores = firstCheckpoint();
        List<StoredFile> second = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            second.add(run(deployed(i, 2, restores.get(i)), i, 2, 7 + i));
        }
        assertThat(FOUND)
                .isEqualTo(Map.of(
                        "own 0", List.of(1L, 2L),
                        "own 1", List.of(3L),
                        "union 0", List.of(10L, 20L, 30L),
                        "union 1", List.of(10L, 20L, 30L)));

        // Nobody threw away what it found, so the union has it from both.
        deployed(1, 3, complete(2, second).get(1));
        assertThat(FOUND.get("own 1")).isEqualTo(List.of(3L, 8L));
        assertThat(FOUND.get("union 1")).isEqualTo(List.of(10L, 20L, 30L, 70L, 10L, 20L, 30L, 80L));
    }

    @Test
    void aDamagedListOfAnotherSubtaskIsADamagedCheckpoint() throws Exception {
        List<SubtaskCommand.Restore> restores = firstCheckpoint();
        for (Path part : partsOf(".*-1-remember-union.*[.]part")) {
            byte[] bytes = Files.readAllBytes(part);
            bytes[bytes.length - 1] ^= 1;
            Files.write(part, bytes);
        }
        assertThatThrownBy(() -> deployed(0, 2, restores.get(0)))
                .hasStackTraceContaining(CorruptSnapshotException.class.getName());
        // The kind that leads to an earlier checkpoint, not to a restart from the same one.
        assertThat(FOUND).doesNotContainEntry("union 0", List.of(10L, 20L, 30L));
    }

    private List<Path> partsOf(String name) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> parts = files.filter(
                            file -> file.getFileName().toString().matches(name))
                    .toList();
            assertThat(parts).hasSize(1);
            return parts;
        }
    }

    @Test
    void anotherTypeThanWasWrittenIsRefusedForGood() throws Exception {
        List<SubtaskCommand.Restore> restores = firstCheckpoint();
        declaresTexts = true;
        assertThatThrownBy(() -> deployed(0, 2, restores.get(0)))
                .hasStackTraceContaining(IncompatibleDeploymentException.class.getName())
                .hasStackTraceContaining(StateMigrationException.class.getName())
                .hasStackTraceContaining("operator state 'union' was written as UNION_LIST of");
    }

    @Test
    void anOperatorWithoutAUidKeepsNoState() throws Exception {
        hasUid = false;
        graph = JobDefinition.of(job, Map.of(), true, CLASSES).graph();
        vertex = graph.vertices().get(graph.vertices().size() - 1);
        assertThatThrownBy(() -> deployed(0, 1, null)).hasStackTraceContaining("Add .uid(");
    }
}
