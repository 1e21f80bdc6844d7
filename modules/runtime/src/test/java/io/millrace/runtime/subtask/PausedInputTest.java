// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator that takes no more records holds back, and what it does not. */
class PausedInputTest {
    private static final JobClasses CLASSES = name -> PausedInputTest.class.getClassLoader();
    private static final JobSpec JOB = new JobSpec("paused", Windows.class.getName(), List.of(), 1, 16, "", 0);
    private static final int CAPACITY = 5;
    private static final int KEYS = 40;
    private static final Queue<CompletableFuture<List<String>>> OPEN = new ArrayDeque<>();
    private static int fired;
    private static int answered;

    @TempDir
    Path directory;

    private SynchronousSubtask subtask;
    private SubtaskId id;
    private long sequence;

    /** Windows, and asynchronous calls behind them in the same chain: two, one after the other. */
    public static final class Windows implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            ProcessWindowFunction<Long, String, Long, TimeWindow> fire = (key, context, sums, out) -> {
                fired++;
                out.collect("window of " + key);
            };
            AsyncFunction<String, String> ask = text -> {
                CompletableFuture<List<String>> answer = new CompletableFuture<>();
                OPEN.add(answer);
                return answer;
            };
            AsyncFunction<String, String> pass = text -> {
                answered++;
                return CompletableFuture.completedFuture(List.of(text));
            };
            env.fromSource(
                            GeneratorSource.of(i -> i, 10, Long.class),
                            WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ZERO)
                                    .withTimestampAssigner((number, none) -> number),
                            "numbers")
                    .keyBy(number -> number, Long.class)
                    .window(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
                    .reduce(Long::sum, fire)
                    .uid("windows")
                    .async(ask)
                    .capacity(CAPACITY)
                    .timeout(Duration.ofDays(1))
                    .ordered()
                    .uid("ask")
                    .async(pass)
                    .capacity(1)
                    .unordered()
                    .uid("pass")
                    .sinkTo(new DiscardSink<>("paused-input-test"));
        }
    }

    @BeforeEach
    void deploy() throws Exception {
        OPEN.clear();
        fired = 0;
        answered = 0;
        JobGraph graph = JobDefinition.of(JOB, Map.of(), true, CLASSES).graph();
        Vertex windows = graph.vertices().get(graph.vertices().size() - 1);
        assertThat(windows.chain()).hasSize(4);
        id = new SubtaskId(windows.id(), 0);
        subtask = new SynchronousSubtask(
                new SubtaskAssembly(
                        SnapshotServices.on(new LocalSnapshotStorage(directory)),
                        new MemoryStateBackend(),
                        CLASSES,
                        new VertexClasses(true)),
                new SubtaskSettings(
                        new ChannelSettings(8, 512, 64),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(20)));
        subtask.command(new SubtaskCommand.Deploy(
                id, 1, JOB, Map.of(), graph.fingerprint().parts(), null, true));
        subtask.command(new SubtaskCommand.Connect(id, 1));
    }

    private void send(ChannelElement element) {
        subtask.machine().onData(new DataMessage.Element(0, 1, sequence++, element));
        subtask.handleAll();
    }

    private void fireWindows() {
        RecordBatch batch = new RecordBatch(KEYS, KEYS, true);
        for (long key = 0; key < KEYS; key++) {
            batch.add(key, 5, Long.hashCode(key));
        }
        batch.setWatermark(100);
        send(batch);
    }

    private void answerAll() {
        while (!OPEN.isEmpty()) {
            OPEN.remove().complete(List.of("answer"));
            subtask.handleAll();
        }
    }

    private long told(Class<?> event) {
        return subtask.told().stream().filter(event::isInstance).count();
    }

    @Test
    void windowsInFrontOfAFullOperatorStopFiring() {
        fireWindows();
        assertThat(fired).isEqualTo(CAPACITY);
        assertThat(OPEN).hasSize(CAPACITY);
        OPEN.remove().complete(List.of("answer"));
        subtask.handleAll();
        assertThat(fired).isEqualTo(CAPACITY + 1);
        answerAll();
        assertThat(fired).isEqualTo(KEYS);
        assertThat(answered).isEqualTo(KEYS);
        assertThat(told(SubtaskEvent.Failed.class)).isZero();
    }

    @Test
    void barriersPassAndTheEndWaits() {
        fireWindows();
        send(new ChannelElement.Barrier(1));
        assertThat(told(SubtaskEvent.Acknowledged.class)).isEqualTo(1);
        send(new ChannelElement.EndOfInput());
        assertThat(told(SubtaskEvent.InputEnded.class)).isZero();
        assertThat(fired).isEqualTo(CAPACITY);
        answerAll();
        // Said again with each report.
        assertThat(told(SubtaskEvent.InputEnded.class)).isPositive();
        assertThat(answered).isEqualTo(KEYS);
    }
}
