// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
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
import io.millrace.state.memory.MemoryStateBackend;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertexClassesTest {
    private static final int JOBS = 1_000;
    private static final JobClasses CLASSES = name -> VertexClassesTest.class.getClassLoader();

    /** The classes of the operators' outputs, as the records saw them on their way. */
    private static final Set<Class<?>> SEEN = new HashSet<>();

    @TempDir
    Path directory;

    private final VertexClasses vertexClasses = new VertexClasses(true);
    private final ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();

    /** A chain of a map, a flat map and a sink. */
    public static final class Chained implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromSource(
                            GeneratorSource.of(i -> i, 10, Long.class),
                            WatermarkStrategy.<Long>noWatermarks(),
                            "numbers")
                    .rebalance()
                    .map(number -> number + 1)
                    .<Long>flatMap((number, out) -> {
                        SEEN.add(out.getClass());
                        out.collect(number);
                    })
                    .sinkTo(new DiscardSink<>("classes-test"));
        }
    }

    /** One subtask of a job. */
    private final class Subtask {
        private final JobSpec job;
        private final JobGraph graph;
        private final SubtaskId id;
        private final SynchronousSubtask subtask;

        private Subtask(String jobId, int index) throws Exception {
            job = new JobSpec(jobId, Chained.class.getName(), List.of(), 2, 16, "", 0);
            graph = JobDefinition.of(job, Map.of(), true, CLASSES).graph();
            Vertex last = graph.vertices().get(graph.vertices().size() - 1);
            id = new SubtaskId(last.id(), index);
            subtask = new SynchronousSubtask(
                    new SubtaskAssembly(
                            SnapshotServices.on(new LocalSnapshotStorage(directory)),
                            new MemoryStateBackend(),
                            CLASSES,
                            vertexClasses),
                    new SubtaskSettings(
                            new ChannelSettings(8, 16, 16),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1)));
        }

        /** Runs one record through the chain in a new epoch. */
        private void runEpoch(long epoch) {
            subtask.command(new SubtaskCommand.Deploy(
                    id, epoch, job, Map.of(), graph.fingerprint().parts(), null, true));
            subtask.command(new SubtaskCommand.Connect(id, epoch));
            RecordBatch batch = new RecordBatch(1, 1, false);
            batch.add(7L, 0, 0);
            subtask.machine().onData(new DataMessage.Element(0, epoch, 0, batch));
            subtask.handleAll();
            assertThat(subtask.told()).noneMatch(SubtaskEvent.Failed.class::isInstance);
        }

        private void stop(long epoch) {
            subtask.command(new SubtaskCommand.Stop(id, epoch));
        }
    }

    @Test
    void subtasksAndEpochsOfAVertexShareItsClasses() throws Exception {
        SEEN.clear();
        Subtask first = new Subtask("job", 0);
        Subtask second = new Subtask("job", 1);
        first.runEpoch(1);
        second.runEpoch(1);
        first.runEpoch(2);
        first.stop(2);
        second.runEpoch(2);

        assertThat(SEEN).singleElement().matches(Class::isHidden);
        assertThat(vertexClasses.size()).isEqualTo(1);
        second.stop(2);
        assertThat(vertexClasses.size()).isZero();
        Subtask other = new Subtask("other job", 0);
        other.runEpoch(1);
        assertThat(SEEN).hasSize(2);
        other.stop(1);
        SEEN.clear();
    }

    @Test
    void aThousandJobsLeaveNoClassesBehind() throws Exception {
        runJob(0);
        long before = loading.getLoadedClassCount();
        long everBefore = loading.getTotalLoadedClassCount();
        for (int i = 1; i <= JOBS; i++) {
            runJob(i);
        }

        assertThat(loading.getTotalLoadedClassCount() - everBefore)
                .as("classes defined by the jobs")
                .isGreaterThan(5L * JOBS);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(loading.getLoadedClassCount() - before)
                    .as("classes left")
                    .isLessThan(JOBS / 2);
        });
    }

    private void runJob(int number) throws Exception {
        Subtask subtask = new Subtask("job " + number, 0);
        subtask.runEpoch(1);
        subtask.runEpoch(2);
        subtask.stop(2);
        SEEN.clear();
        assertThat(vertexClasses.size()).isZero();
    }
}
