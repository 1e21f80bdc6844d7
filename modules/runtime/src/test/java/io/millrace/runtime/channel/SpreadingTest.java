// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.stream.DataStream;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Planner;
import io.millrace.plan.Vertex;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.serialization.Codecs;
import io.millrace.specialisation.SpecialisedClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches which subtask by each partitioning, between 1 to 4 and 1 to 4 subtasks. */
class SpreadingTest {
    private static final int RECORDS = 60;
    private static final Map<List<Object>, JobGraph> GRAPHS = new ConcurrentHashMap<>();
    /** One copy of each class for all tests: as the subtasks of a vertex share them. */
    private static final SpecialisedClasses SPECIALISED = SpecialisedClasses.create();

    /** A way to spread records. */
    private enum Way {
        FORWARD,
        REBALANCE,
        RESCALE,
        SHUFFLE,
        BROADCAST,
        GLOBAL,
        CUSTOM,
        KEY_BY;

        DataStream<Long> apply(DataStream<Long> stream) {
            return switch (this) {
                case FORWARD -> stream.forward();
                case REBALANCE -> stream.rebalance();
                case RESCALE -> stream.rescale();
                case SHUFFLE -> stream.shuffle();
                case BROADCAST -> stream.broadcast();
                case GLOBAL -> stream.global();
                case CUSTOM ->
                    stream.partitionCustom(
                            (Long key, int n) -> (int) Math.floorMod(-key, (long) n), number -> number / 2);
                case KEY_BY -> stream.keyBy(number -> number / 2, Long.class);
            };
        }
    }

    private record Setting(Way way, int senders, int receivers, boolean specialised, int batchSize) {}

    static Stream<Setting> settings() {
        return Arrays.stream(Way.values()).flatMap(SpreadingTest::settingsOf);
    }

    private static Stream<Setting> settingsOf(Way way) {
        return IntStream.rangeClosed(1, 4).boxed().flatMap(senders -> IntStream.rangeClosed(1, 4)
                .filter(receivers -> way != Way.FORWARD || receivers == senders)
                .boxed()
                .flatMap(receivers -> Stream.of(true, false).flatMap(specialised -> Stream.of(1, 7, 1024)
                        .map(size -> new Setting(way, senders, receivers, specialised, size)))));
    }

    static Stream<Setting> rebalanced() {
        return settingsOf(Way.REBALANCE);
    }

    static Stream<Setting> rescaled() {
        return settingsOf(Way.RESCALE);
    }

    static Stream<Setting> shuffled() {
        return settingsOf(Way.SHUFFLE);
    }

    /** What the subtasks of a receiving vertex were sent, by sender, in order. Records name their senders. */
    private static final class Arrived {
        private final Setting setting;
        private final JobGraph graph;
        private final Vertex from;
        private final Vertex to;
        private final Map<SubtaskId, List<ChannelElement>> elements =
                new TreeMap<>((left, right) -> Integer.compare(left.index(), right.index()));
        private final List<List<List<Long>>> records = new ArrayList<>();
        private final List<Wiring> receivers = new ArrayList<>();

        private Arrived(Setting setting) {
            this.setting = setting;
            this.graph = GRAPHS.computeIfAbsent(
                    List.of(setting.way, setting.senders, setting.receivers),
                    key -> graph(setting, setting.way::apply));
            this.from = vertex(graph, "from");
            this.to = vertex(graph, "to");
            for (int receiver = 0; receiver < setting.receivers; receiver++) {
                records.add(new ArrayList<>());
                receivers.add(Wiring.of(graph, to, receiver));
                for (int sender = 0; sender < setting.senders; sender++) {
                    records.get(receiver).add(new ArrayList<>());
                }
            }
        }

        private Arrived sendAll() throws Exception {
            for (int sender = 0; sender < setting.senders; sender++) {
                send(sender, 1);
            }
            return this;
        }

        private Arrived send(int sender, long epoch) throws Exception {
            Wiring wiring = Wiring.of(graph, from, sender);
            Outputs outputs = outputs(sender, epoch, wiring);
            for (int i = 0; i < wiring.outboundCount(); i++) {
                outputs.grant(i, 10_000);
            }
            for (long number = 0; number < RECORDS; number++) {
                outputs.mainEdges(0)[0].emit(number, number);
            }
            outputs.sendWatermark(RECORDS);
            outputs.broadcast(new ChannelElement.Barrier(1));
            return this;
        }

        private Outputs outputs(int sender, long epoch, Wiring wiring) {
            return new Outputs(
                    graph,
                    from,
                    EdgeOrigin.of("job", new SubtaskId("from", sender), epoch),
                    new Codecs(Map.of()),
                    new ChannelSettings(2, setting.batchSize, 1),
                    (channel, sequence, element) -> take(sender, wiring.outbound(channel), element),
                    setting.specialised ? SPECIALISED : SpecialisedClasses.none());
        }

        private void take(int sender, Wiring.Peer receiver, ChannelElement element) {
            Wiring.Peer back = receivers.get(receiver.subtask().index()).inbound(receiver.channelThere());
            if (back.subtask().index() != sender) {
                throw new AssertionError("subtask " + sender + " sent into the channel of " + back);
            }
            elements.computeIfAbsent(receiver.subtask(), absent -> new ArrayList<>())
                    .add(element);
            if (element instanceof RecordBatch batch) {
                List<Long> into = records.get(receiver.subtask().index()).get(sender);
                for (int i = 0; i < batch.size(); i++) {
                    if (batch.timestamps()[i] != (Long) batch.records()[i]) {
                        throw new AssertionError("a record has another's timestamp: " + batch.records()[i]);
                    }
                    into.add((Long) batch.records()[i]);
                }
            }
        }

        private List<Long> at(int receiver, int sender) {
            return records.get(receiver).get(sender);
        }
    }

    private interface Spread {
        DataStream<Long> apply(DataStream<Long> stream);
    }

    private static JobGraph graph(Setting setting, Spread spread) {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
        spread.apply(env.generate(i -> i, 1, Long.class)
                        .uid("from")
                        .setParallelism(setting.senders)
                        .disableChaining())
                .sinkTo(new DiscardSink<>("spreading"))
                .uid("to")
                .name("target")
                .setParallelism(setting.receivers);
        return Planner.plan(env.logicalPlan(), StreamJob.class);
    }

    private static Vertex vertex(JobGraph graph, String id) {
        return graph.vertices().stream()
                .filter(vertex -> vertex.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyRecordArrivesOnceAndInOrder(Setting setting) throws Exception {
        Arrived arrived = new Arrived(setting).sendAll();
        int copies = setting.way == Way.BROADCAST ? setting.receivers : 1;
        for (int sender = 0; sender < setting.senders; sender++) {
            int[] times = new int[RECORDS];
            for (int receiver = 0; receiver < setting.receivers; receiver++) {
                assertThat(arrived.at(receiver, sender)).isSorted();
                arrived.at(receiver, sender).forEach(number -> times[number.intValue()]++);
            }
            assertThat(times).containsOnly(copies);
        }
    }

    /** Whoever reads from nobody would never end, and whoever waits for a channel without barriers never goes on. */
    @ParameterizedTest
    @MethodSource("settings")
    void everyChannelCarriesTheWatermarkAndTheBarrier(Setting setting) throws Exception {
        Arrived arrived = new Arrived(setting).sendAll();
        for (int receiver = 0; receiver < setting.receivers; receiver++) {
            int channels = Wiring.of(arrived.graph, arrived.to, receiver).inboundCount();
            List<ChannelElement> elements = arrived.elements.get(new SubtaskId("to", receiver));
            assertThat(channels).isPositive();
            assertThat(elements.stream().filter(ChannelElement.Barrier.class::isInstance))
                    .hasSize(channels);
            assertThat(elements.stream()
                            .filter(one -> one instanceof RecordBatch batch && batch.watermark() == RECORDS))
                    .hasSize(channels);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void forwardLeadsToTheSubtaskOfTheSameIndex(int parallelism) throws Exception {
        Arrived arrived = new Arrived(new Setting(Way.FORWARD, parallelism, parallelism, true, 7)).sendAll();
        for (int i = 0; i < parallelism; i++) {
            assertThat(arrived.at(i, i)).isEqualTo(numbers(0, 1));
            assertThat(Wiring.of(arrived.graph, arrived.to, i).inboundCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("rebalanced")
    void rebalanceTakesReceiversInTurnFromTheSendersOwnIndex(Setting setting) throws Exception {
        Arrived arrived = new Arrived(setting).sendAll();
        for (int sender = 0; sender < setting.senders; sender++) {
            for (int receiver = 0; receiver < setting.receivers; receiver++) {
                int first = Math.floorMod(receiver - sender, setting.receivers);
                assertThat(arrived.at(receiver, sender)).isEqualTo(numbers(first, setting.receivers));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rescaled")
    void rescaleTakesItsOwnReceiversInTurn(Setting setting) throws Exception {
        Arrived arrived = new Arrived(setting).sendAll();
        for (int sender = 0; sender < setting.senders; sender++) {
            // By definition: who stands at the same place when both sides are laid along one line.
            int own = sender;
            int[] receivers = IntStream.range(0, setting.receivers)
                    .filter(receiver -> setting.senders > setting.receivers
                            ? own * setting.receivers / setting.senders == receiver
                            : receiver * setting.senders / setting.receivers == own)
                    .toArray();
            assertThat(receivers).isNotEmpty();
            assertThat(Wiring.of(arrived.graph, arrived.from, sender).outboundCount())
                    .isEqualTo(receivers.length);
            for (int i = 0; i < receivers.length; i++) {
                assertThat(arrived.at(receivers[i], sender)).isEqualTo(numbers(i, receivers.length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void globalLeadsToTheFirstSubtask(int receivers) throws Exception {
        Arrived arrived = new Arrived(new Setting(Way.GLOBAL, 3, receivers, true, 7)).sendAll();
        for (int sender = 0; sender < 3; sender++) {
            assertThat(arrived.at(0, sender)).isEqualTo(numbers(0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void partitionCustomLeadsWhereItsPartitionerSays(int receivers) throws Exception {
        Arrived arrived = new Arrived(new Setting(Way.CUSTOM, 2, receivers, true, 7)).sendAll();
        for (int receiver = 0; receiver < receivers; receiver++) {
            for (long number : arrived.at(receiver, 1)) {
                assertThat(Math.floorMod(-(number / 2), (long) receivers)).isEqualTo(receiver);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shuffled")
    void shuffleIsFairAndFollowsFromTheEpochAlone(Setting setting) throws Exception {
        Arrived first = new Arrived(setting).sendAll();
        assertThat(new Arrived(setting).sendAll().records).isEqualTo(first.records);
        if (setting.receivers == 1) {
            return;
        }
        // 60 fair throws: outside of these bounds once in some hundred million.
        int expected = RECORDS / setting.receivers;
        for (int receiver = 0; receiver < setting.receivers; receiver++) {
            assertThat(first.at(receiver, 0)).hasSizeBetween(Math.max(1, expected - 22), expected + 24);
        }
        assertThat(new Arrived(setting).send(0, 2).at(0, 0)).as("another epoch").isNotEqualTo(first.at(0, 0));
        if (setting.senders > 1) {
            assertThat(first.at(0, 1)).as("another subtask").isNotEqualTo(first.at(0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shuffleHasNoBiasOverManyRecords(boolean specialised) throws Exception {
        Setting setting = new Setting(Way.SHUFFLE, 1, 3, specialised, 1024);
        Arrived arrived = new Arrived(setting);
        Wiring wiring = Wiring.of(arrived.graph, arrived.from, 0);
        Outputs outputs = arrived.outputs(0, 5, wiring);
        IntStream.range(0, 3).forEach(channel -> outputs.grant(channel, 10_000));
        for (long number = 0; number < 30_000; number++) {
            outputs.mainEdges(0)[0].emit(number, number);
        }
        outputs.broadcast(new ChannelElement.Barrier(1));
        // The deviation of a fair choice is 82: this is five times that.
        for (int receiver = 0; receiver < 3; receiver++) {
            assertThat(arrived.at(receiver, 0)).hasSizeBetween(10_000 - 410, 10_000 + 410);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPartitionerThatAnswersNoSubtaskIsAnError(int answer) {
        for (SpecialisedClasses classes : List.of(SPECIALISED, SpecialisedClasses.none())) {
            Outputs outputs = outputs(
                    Way.CUSTOM, stream -> stream.partitionCustom((key, n) -> answer, number -> "k" + number), classes);
            assertThatThrownBy(() -> outputs.mainEdges(0)[0].emit(8L, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The partitioner of partitionCustom(..) before the operator 'target' answered " + answer
                            + " for the key 'k8': with 3 subtasks it must answer 0 to 2. Take Math.floorMod(..,"
                            + " numPartitions) for hashes, which may be negative.");
        }
    }

    @Test
    void aRecordWithoutAKeyIsAnError() {
        for (SpecialisedClasses classes : List.of(SPECIALISED, SpecialisedClasses.none())) {
            Outputs outputs = outputs(Way.KEY_BY, stream -> stream.keyBy(number -> (Long) null, Long.class), classes);
            assertThatThrownBy(() -> outputs.mainEdges(0)[0].emit(8L, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The key selector of the keyBy(..) before the operator 'target' answered null for the"
                            + " record 8. Give every record a key, or filter records without one before keyBy(..).");
        }
    }

    private static Outputs outputs(Way way, Spread spread, SpecialisedClasses classes) {
        JobGraph graph = graph(new Setting(way, 1, 3, true, 7), spread);
        return new Outputs(
                graph,
                vertex(graph, "from"),
                EdgeOrigin.of("job", new SubtaskId("from", 0), 1),
                new Codecs(Map.of()),
                new ChannelSettings(2, 7, 1),
                (channel, sequence, element) -> {},
                classes);
    }

    private static List<Long> numbers(int first, int step) {
        return LongStream.range(0, RECORDS)
                .filter(number -> number >= first && (number - first) % step == 0)
                .boxed()
                .toList();
    }
}
