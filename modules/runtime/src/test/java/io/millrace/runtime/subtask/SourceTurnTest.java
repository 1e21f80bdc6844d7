// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.state.memory.MemoryStateBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a source is asked for in a turn. Time stands still, so that all work is short. */
class SourceTurnTest {
    private static final JobClasses CLASSES = name -> SourceTurnTest.class.getClassLoader();
    private static final JobSpec JOB = new JobSpec("read", Reading.class.getName(), List.of(), 1, 16, "", 0);

    /** What each poll was asked for, and how many records it is to give. */
    private static final List<Integer> ASKED = new ArrayList<>();

    private static final Deque<Integer> GIVES = new ArrayDeque<>();
    private static final int FAN_OUT = 5_000;

    /** The poll from which on each record becomes many; before, none. */
    private static int fanOutFromPoll = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    public static final class Reading implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromSource(new Trickle(), WatermarkStrategy.<String>noWatermarks(), "trickle")
                    .<String>flatMap((record, out) -> {
                        for (int i = 0; ASKED.size() >= fanOutFromPoll && i < FAN_OUT; i++) {
                            out.collect(record);
                        }
                    })
                    .rebalance()
                    .sinkTo(new DiscardSink<>("source-turn-test"));
        }
    }

    /** Asks about each record and gets no answer. */
    public static final class Asking implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromSource(new Trickle(), WatermarkStrategy.<String>noWatermarks(), "trickle")
                    .<String>async(record -> new CompletableFuture<>())
                    .capacity(10)
                    .ordered()
                    .uid("ask")
                    .sinkTo(new DiscardSink<>("source-turn-test"));
        }
    }

    @AfterEach
    void forget() {
        ASKED.clear();
        GIVES.clear();
        fanOutFromPoll = Integer.MAX_VALUE;
    }

    @Test
    void pollsThatFoundFewRecordsTeachNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            GIVES.add(i % 2);
        }
        readAll();

        assertThat(ASKED).hasSize(20).containsOnly(Quantum.FIRST);
    }

    @Test
    void pollsThatFoundAllTheyWereAskedForLeadToLongerOnes() throws Exception {
        for (int i = 0; i < 20; i++) {
            GIVES.add(Quantum.MOST);
        }
        readAll();

        assertThat(ASKED).startsWith(Quantum.FIRST, 2 * Quantum.FIRST).endsWith(RunningSubtask.MOST_A_POLL);
    }

    /** The source turns from cheap records to such that become ten batches each. */
    @Test
    void aPollThatBecomesMoreThanTheOutputsTakeIsNotFollowedByAnother() throws Exception {
        fanOutFromPoll = 6;
        for (int i = 0; i < 20; i++) {
            GIVES.add(Quantum.MOST);
        }
        readAll();

        assertThat(ASKED).hasSize(6);
    }

    @Test
    void aSourceIsNotPolledWhileAnOperatorBehindItTakesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            GIVES.add(4);
        }
        readAll(new JobSpec("ask", Asking.class.getName(), List.of(), 1, 16, "", 0));

        assertThat(ASKED).hasSize(3);
    }

    private void readAll() throws Exception {
        readAll(JOB);
    }

    private void readAll(JobSpec job) throws Exception {
        JobGraph graph = JobDefinition.of(job, Map.of(), true, CLASSES).graph();
        Vertex source = graph.vertices().stream()
                .filter(vertex -> vertex.kind() == Vertex.Kind.SOURCE)
                .findFirst()
                .orElseThrow();
        SubtaskId id = new SubtaskId(source.id(), 0);
        SynchronousSubtask subtask = new SynchronousSubtask(
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
                id, 1, job, Map.of(), graph.fingerprint().parts(), null, true));
        subtask.command(new SubtaskCommand.Connect(id, 1));
        assertThat(subtask.told()).noneMatch(SubtaskEvent.Failed.class::isInstance);
    }

    record Whole(String splitId) implements SourceSplit {}

    /** Gives what the test says, then nothing any more. */
    private static final class Trickle implements Source<String, Whole, String> {
        @Override
        public SplitEnumerator<Whole, String> createEnumerator(SplitEnumeratorContext<Whole> context) {
            throw new AssertionError("The enumerator is not deployed.");
        }

        @Override
        public SplitEnumerator<Whole, String> restoreEnumerator(SplitEnumeratorContext<Whole> context, String state) {
            throw new AssertionError("The enumerator is not deployed.");
        }

        @Override
        public SourceReader<String, Whole> createReader(SourceReaderContext context) {
            return new Reader();
        }

        @Override
        public VersionedSerializer<Whole> splitSerializer() {
            return new Splits();
        }

        @Override
        public VersionedSerializer<String> enumeratorStateSerializer() {
            throw new AssertionError("The enumerator is not deployed.");
        }
    }

    private static final class Splits implements VersionedSerializer<Whole> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(Whole split) {
            return split.splitId.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Whole deserialize(int version, byte[] bytes) {
            return new Whole(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static final class Reader implements SourceReader<String, Whole> {
        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<String> output, int maxRecords) {
            Integer gives = GIVES.poll();
            if (gives == null) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            ASKED.add(maxRecords);
            for (int i = 0; i < Math.min(gives, maxRecords); i++) {
                output.forSplit("whole").collect("record " + i);
            }
            return gives == 0 ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
        }

        @Override
        public CompletionStage<Void> isAvailable() {
            return GIVES.isEmpty() ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
        }

        @Override
        public List<Whole> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public void addSplits(List<Whole> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
