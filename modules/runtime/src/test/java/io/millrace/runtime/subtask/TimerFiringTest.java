// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.plan.JobGraph;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.state.memory.MemoryStateBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers by the hundred thousand in one subtask: what else it has to do does not wait for them. */
class TimerFiringTest {
    private static final JobClasses CLASSES = name -> TimerFiringTest.class.getClassLoader();
    private static final KeyCodec<Long> KEYS = new Codecs(Map.of()).forKey(TypeHint.of(Long.class));

    /** All keys are of the one key group there is. */
    private static final JobSpec JOB = new JobSpec("timers", Timers.class.getName(), List.of(), 1, 1, "", 0);

    private static final int TIMES = 1_000;
    private static final int KEY_COUNT = 1_000;
    private static final int ALL = TIMES * KEY_COUNT;
    private static final int BATCH = 100;
    private static final int CREDITS = 4;
    private static final int NANOS_A_LOOK = 20_000;
    private static final long START_MS = 1_000_000;

    /** Timers that have fired since the test began. */
    private static int fired;

    @TempDir
    Path directory;

    private JobGraph graph;
    private SubtaskId id;
    private long sequence;

    /** Sets timers at all times for each key, by the sign of the record in event time or in processing time. */
    public static final class Timers implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromElements(1L)
                    .keyBy(Math::abs, Long.class)
                    .process(new Setting())
                    .uid("timers")
                    .rebalance()
                    .sinkTo(new DiscardSink<>("timer-firing-test"));
        }
    }

    private static final class Setting extends KeyedProcessFunction<Long, Long, Long> {
        @Override
        public void processElement(Long record, Context<Long> context, Collector<Long> out) {
            if (record < 0) {
                context.timerService().registerProcessingTimeTimer(START_MS - record);
                return;
            }
            for (int time = 0; time < TIMES; time++) {
                context.timerService().registerEventTimeTimer(time);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<Long> out) {
            fired++;
            out.collect(context.currentKey() * TIMES + timestamp);
        }
    }

    @BeforeEach
    void plan() {
        fired = 0;
        graph = JobDefinition.of(JOB, Map.of(), true, CLASSES).graph();
        String vertex = graph.vertices().stream()
                .filter(candidate -> candidate.chain().get(0).id().equals("timers"))
                .findFirst()
                .orElseThrow()
                .id();
        id = new SubtaskId(vertex, 0);
    }

    private SynchronousSubtask deployed(long epoch, SubtaskCommand.Restore restore, long nowMs) throws Exception {
        SynchronousSubtask subtask = new SynchronousSubtask(
                new SubtaskAssembly(
                        SnapshotServices.on(new LocalSnapshotStorage(directory)),
                        new MemoryStateBackend(),
                        CLASSES,
                        new VertexClasses(false)),
                new SubtaskSettings(
                        new ChannelSettings(CREDITS, BATCH, 4),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofDays(1)),
                NANOS_A_LOOK,
                nowMs);
        sequence = 0;
        subtask.command(new SubtaskCommand.Deploy(
                id, epoch, JOB, Map.of(), graph.fingerprint().parts(), restore, true));
        subtask.command(new SubtaskCommand.Connect(id, epoch));
        return subtask;
    }

    private static SubtaskCommand.Restore restoreOf(long checkpointId, StoredFile manifest) {
        return new SubtaskCommand.Restore(checkpointId, manifest, manifest);
    }

    private void give(SynchronousSubtask subtask, long epoch, ChannelElement element) {
        subtask.machine().onData(new DataMessage.Element(0, epoch, sequence++, element));
    }

    private static RecordBatch batch(long... records) {
        RecordBatch batch = new RecordBatch(records.length, records.length, true);
        for (long number : records) {
            batch.add(number, 0, KEYS.hash(Math.abs(number)));
        }
        return batch;
    }

    private void setTimers(SynchronousSubtask subtask, int keys) {
        for (long key = 0; key < keys; key++) {
            give(subtask, 1, batch(key));
            subtask.handleAll();
        }
    }

    private static void grant(SynchronousSubtask subtask, long epoch, int elements) {
        subtask.machine().onData(new DataMessage.CreditGrant(0, epoch, elements));
    }

    private static SubtaskEvent.Acknowledged acknowledged(SynchronousSubtask subtask) {
        assertThat(subtask.told()).noneMatch(SubtaskEvent.Failed.class::isInstance);
        return subtask.told().stream()
                .filter(SubtaskEvent.Acknowledged.class::isInstance)
                .map(SubtaskEvent.Acknowledged.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The timers that were told of by these elements, each once. */
    private static BitSet timersIn(List<ChannelElement> elements) {
        BitSet timers = new BitSet(ALL);
        for (ChannelElement element : elements) {
            if (element instanceof RecordBatch batch) {
                for (int i = 0; i < batch.size(); i++) {
                    int timer = Math.toIntExact((Long) batch.records()[i]);
                    if (timers.get(timer)) {
                        throw new AssertionError("The timer " + timer + " has fired twice.");
                    }
                    timers.set(timer);
                }
            }
        }
        return timers;
    }

    @Test
    void aBarrierBehindAMillionDueTimersDoesNotWaitForThem() throws Exception {
        SynchronousSubtask subtask = deployed(1, null, START_MS);
        grant(subtask, 1, Integer.MAX_VALUE);
        setTimers(subtask, KEY_COUNT);
        give(subtask, 1, RecordBatch.ofProgress(TIMES, false));
        give(subtask, 1, new ChannelElement.Barrier(1));
        while (acknowledged(subtask) == null) {
            assertThat(subtask.handleOne()).isTrue();
        }
        assertThat(fired).isPositive().isLessThan(ALL / 100);
        subtask.handleAll();
        assertThat(fired).isEqualTo(ALL);

        List<ChannelElement> sent = subtask.sent();
        int barrier = sent.indexOf(new ChannelElement.Barrier(1));
        BitSet before = timersIn(sent.subList(0, barrier));
        BitSet after = timersIn(sent.subList(barrier, sent.size()));
        assertThat(before.cardinality()).isPositive();
        assertThat(sent.stream()
                        .filter(RecordBatch.class::isInstance)
                        .mapToLong(element -> ((RecordBatch) element).watermark())
                        .max())
                .hasValue(TIMES);

        SubtaskEvent.Acknowledged checkpoint = acknowledged(subtask);
        SynchronousSubtask restored = deployed(2, restoreOf(1, checkpoint.manifest()), START_MS);
        grant(restored, 2, Integer.MAX_VALUE);
        restored.handleAll();
        assertThat(acknowledged(restored)).isNull();
        assertThat(timersIn(restored.sent())).isEqualTo(after);
        after.or(before);
        assertThat(after.cardinality()).isEqualTo(ALL);
        // The watermark follows the timers that were due at it.
        assertThat(((RecordBatch) restored.sent().get(restored.sent().size() - 1)).watermark())
                .isEqualTo(TIMES);
        assertThat(restored.sent().subList(0, restored.sent().size() - 1))
                .allMatch(element -> ((RecordBatch) element).watermark() == Timestamps.NONE);
    }

    @Test
    void timersFireOnlyAsFastAsTheirResultsAreTaken() throws Exception {
        int all = 50 * TIMES;
        SynchronousSubtask subtask = deployed(1, null, START_MS);
        setTimers(subtask, 50);
        give(subtask, 1, RecordBatch.ofProgress(TIMES, false));
        subtask.handleAll();
        assertThat(fired).isEqualTo(BATCH);
        int taken = 0;
        while (fired < all) {
            grant(subtask, 1, 3);
            taken += 3;
            subtask.handleAll();
            assertThat(fired).isLessThanOrEqualTo((taken + 1) * BATCH);
        }
        grant(subtask, 1, 2);
        subtask.handleAll();
        assertThat(timersIn(subtask.sent()).cardinality()).isEqualTo(all);
    }

    @Test
    void timersOfTheClockFireWithoutInputAndAfterARestart() throws Exception {
        SynchronousSubtask subtask = deployed(1, null, START_MS);
        grant(subtask, 1, Integer.MAX_VALUE);
        give(subtask, 1, batch(-500, -100, -300));
        subtask.handleAll();
        subtask.passTime(99);
        assertThat(fired).isZero();
        subtask.passTime(1);
        assertThat(fired).isEqualTo(1);
        give(subtask, 1, new ChannelElement.Barrier(1));
        subtask.handleAll();
        subtask.passTime(1_000);
        assertThat(fired).isEqualTo(3);

        SynchronousSubtask restored =
                deployed(2, restoreOf(1, acknowledged(subtask).manifest()), START_MS + 400);
        grant(restored, 2, Integer.MAX_VALUE);
        restored.passTime(0);
        assertThat(fired).isEqualTo(4);
        restored.passTime(100);
        assertThat(fired).isEqualTo(5);
        assertThat(timersIn(restored.sent()).cardinality()).isEqualTo(2);
    }

    /** Each timer is earlier than all before it, so for each the subtask asks to be woken anew. */
    @Test
    void whatIsAskedForEarlierLeavesNothingBehind() throws Exception {
        SynchronousSubtask subtask = deployed(1, null, START_MS);
        grant(subtask, 1, Integer.MAX_VALUE);
        int idle = subtask.waiting();
        for (int key = 1_000; key > 0; key--) {
            give(subtask, 1, batch(-key));
            subtask.handleAll();
        }
        subtask.passTime(500);
        assertThat(fired).isEqualTo(500);
        assertThat(subtask.waiting() - idle).isLessThanOrEqualTo(1_000);
        subtask.passTime(500);
        assertThat(fired).isEqualTo(1_000);
        assertThat(subtask.waiting()).isEqualTo(idle);
    }

    @Test
    void aTimerFarAheadIsSleptTowardsInPieces() throws Exception {
        SynchronousSubtask subtask = deployed(1, null, START_MS);
        grant(subtask, 1, Integer.MAX_VALUE);
        long days = Duration.ofDays(400).toMillis();
        give(subtask, 1, batch(-days));
        give(subtask, 1, batch(-(Long.MAX_VALUE - START_MS - 1)));
        subtask.handleAll();
        subtask.passTime(days - 1);
        assertThat(fired).isZero();
        subtask.passTime(1);
        assertThat(fired).isEqualTo(1);
        assertThat(acknowledged(subtask)).isNull();
    }

    @Test
    void whatWasNotDueAtTheEndOfTheInputNeverFiresNotEvenAfterARestart() throws Exception {
        SynchronousSubtask subtask = deployed(1, null, START_MS);
        grant(subtask, 1, Integer.MAX_VALUE);
        give(subtask, 1, batch(-500));
        give(subtask, 1, new ChannelElement.EndOfInput());
        give(subtask, 1, new ChannelElement.Barrier(1));
        subtask.handleAll();
        subtask.passTime(1_000);
        assertThat(fired).isZero();

        SynchronousSubtask restored =
                deployed(2, restoreOf(1, acknowledged(subtask).manifest()), START_MS + 1_000);
        grant(restored, 2, Integer.MAX_VALUE);
        restored.passTime(1_000);
        assertThat(fired).isZero();
        give(restored, 2, new ChannelElement.EndOfInput());
        restored.handleAll();
        restored.passTime(1_000);
        assertThat(fired).isZero();
        assertThat(restored.told()).anyMatch(SubtaskEvent.InputEnded.class::isInstance);
    }
}
