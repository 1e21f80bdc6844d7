// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.state.memory.MemoryStateBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subtask in the middle, with two channels in, of a union's two streams, and two out. */
class SubtaskIdlenessTest {
    private static final JobClasses CLASSES = name -> SubtaskIdlenessTest.class.getClassLoader();
    private static final JobSpec JOB = new JobSpec("union", United.class.getName(), List.of(), 2, 16, "", 0);

    @TempDir
    Path directory;

    private SynchronousSubtask subtask;
    private SubtaskId id;
    private long epoch;
    private final long[] sequences = new long[4];

    public static final class United implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            var first = env.fromSource(
                    GeneratorSource.of(i -> i, 10, Long.class), WatermarkStrategy.<Long>noWatermarks(), "first");
            var second = env.fromSource(
                    GeneratorSource.of(i -> i, 10, Long.class), WatermarkStrategy.<Long>noWatermarks(), "second");
            first.union(second)
                    .map(number -> number)
                    .uid("middle")
                    .rebalance()
                    .sinkTo(new DiscardSink<>("subtask-idleness-test"));
        }
    }

    @BeforeEach
    void begin() throws IOException {
        begin(null);
    }

    private void begin(SubtaskCommand.Restore restore) throws IOException {
        JobGraph graph = JobDefinition.of(JOB, Map.of(), true, CLASSES).graph();
        Vertex middle = graph.vertices().stream()
                .filter(vertex -> vertex.kind() == Vertex.Kind.OPERATOR
                        && graph.inputsOf(vertex.index()).size() == 2)
                .findFirst()
                .orElseThrow();
        id = new SubtaskId(middle.id(), 0);
        epoch++;
        Arrays.fill(sequences, 0);
        subtask = new SynchronousSubtask(
                new SubtaskAssembly(
                        SnapshotServices.on(new LocalSnapshotStorage(directory)),
                        new MemoryStateBackend(),
                        CLASSES,
                        new VertexClasses(false)),
                new SubtaskSettings(
                        new ChannelSettings(8, 512, 4096),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(20)));
        subtask.command(new SubtaskCommand.Deploy(
                id, epoch, JOB, Map.of(), graph.fingerprint().parts(), restore, true));
        subtask.command(new SubtaskCommand.Connect(id, epoch));
        for (int channel = 0; channel < 2; channel++) {
            subtask.data(new DataMessage.CreditGrant(channel, epoch, 8));
        }
    }

    private void brings(int channel, ChannelElement element) {
        subtask.data(new DataMessage.Element(channel, epoch, sequences[channel]++, element));
    }

    private static RecordBatch record(long number, long timestamp) {
        RecordBatch batch = new RecordBatch(1, 1, false);
        batch.add(number, timestamp, 0);
        return batch;
    }

    /** What was told on each channel, such as {@code 0: 1 record, 50, idle}; 50 is the watermark. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (SynchronousSubtask.Sent sent : subtask.takeSent()) {
            if (sent.element() instanceof RecordBatch batch) {
                told.add(sent.channel() + ": "
                        + (batch.size() > 0 ? batch.size() + " record, " : "")
                        + (batch.watermark() == Timestamps.NONE ? "" : batch.watermark() + ", ")
                        + (batch.isIdle() ? "idle" : "active"));
            }
        }
        return told;
    }

    @Test
    void whoReceivesLeavesIdleChannelsOutAndTellsWhenAllAre() {
        brings(0, RecordBatch.ofProgress(50, false));
        brings(1, RecordBatch.ofProgress(10, false));
        assertThat(told()).containsExactlyInAnyOrder("0: 10, active", "1: 10, active");

        brings(1, RecordBatch.ofProgress(Timestamps.NONE, true));
        assertThat(told()).containsExactlyInAnyOrder("0: 50, active", "1: 50, active");

        brings(0, RecordBatch.ofProgress(Timestamps.NONE, true));
        assertThat(told()).containsExactlyInAnyOrder("0: 50, idle", "1: 50, idle");
    }

    @Test
    void theNextRecordMakesAllChannelsActiveAgain() {
        brings(0, RecordBatch.ofProgress(50, true));
        brings(1, RecordBatch.ofProgress(10, true));
        told();
        brings(1, record(7, 20));
        assertThat(told()).containsExactlyInAnyOrder("0: 1 record, active", "1: 50, active");
        brings(1, RecordBatch.ofProgress(40, false));
        assertThat(told()).as("behind what was told").isEmpty();
        brings(1, RecordBatch.ofProgress(60, false));
        assertThat(told()).containsExactlyInAnyOrder("0: 60, active", "1: 60, active");
    }

    @Test
    void aFinishedChannelHoldsNobodyAndTheEndComesWithTheLast() {
        brings(0, RecordBatch.ofProgress(50, false));
        brings(1, RecordBatch.ofProgress(10, false));
        told();
        brings(0, RecordBatch.ofProgress(Timestamps.END, false));
        brings(0, new ChannelElement.EndOfInput());
        brings(1, RecordBatch.ofProgress(20, false));
        assertThat(told()).containsExactlyInAnyOrder("0: 20, active", "1: 20, active");
        brings(1, RecordBatch.ofProgress(Timestamps.NONE, true));
        assertThat(told()).containsExactlyInAnyOrder("0: 50, idle", "1: 50, idle");
        brings(1, RecordBatch.ofProgress(Timestamps.END, true));
        brings(1, new ChannelElement.EndOfInput());
        assertThat(told()).allMatch(line -> line.contains(": " + Timestamps.END));
    }

    @Test
    void aRestoredSubtaskKnowsWhichChannelsAreIdleAndTellsItsOwnStatus() throws IOException {
        brings(0, RecordBatch.ofProgress(50, false));
        brings(1, RecordBatch.ofProgress(10, true));
        restoreFromCheckpoint();
        assertThat(told()).containsExactlyInAnyOrder("0: active", "1: active");
        brings(0, RecordBatch.ofProgress(70, false));
        assertThat(told()).as("channel 1 is idle still").containsExactlyInAnyOrder("0: 70, active", "1: 70, active");
    }

    @Test
    void aRestoredSubtaskThatWasIdleTellsSo() throws IOException {
        brings(0, RecordBatch.ofProgress(50, true));
        brings(1, RecordBatch.ofProgress(10, true));
        restoreFromCheckpoint();
        assertThat(told()).containsExactlyInAnyOrder("0: idle", "1: idle");
        brings(1, RecordBatch.ofProgress(20, false));
        assertThat(told())
                .as("the watermark of before is not undercut")
                .containsExactlyInAnyOrder("0: active", "1: active");
        brings(1, RecordBatch.ofProgress(51, false));
        assertThat(told()).containsExactlyInAnyOrder("0: 51, active", "1: 51, active");
    }

    private void restoreFromCheckpoint() throws IOException {
        brings(0, new ChannelElement.Barrier(1));
        brings(1, new ChannelElement.Barrier(1));
        SubtaskEvent.Acknowledged acknowledged = subtask.told().stream()
                .filter(SubtaskEvent.Acknowledged.class::isInstance)
                .map(SubtaskEvent.Acknowledged.class::cast)
                .findFirst()
                .orElseThrow();
        // Nobody asks for what siblings wrote, so the checkpoint's own manifest is not read.
        begin(new SubtaskCommand.Restore(1, acknowledged.manifest(), acknowledged.manifest()));
    }
}
