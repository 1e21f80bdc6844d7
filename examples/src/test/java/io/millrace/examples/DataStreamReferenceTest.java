// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.examples.DataStreamReference.Trade;
import io.millrace.examples.StreamsReference.Quote;
import io.millrace.testkit.CollectSink;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the reference runs, and gives what its words say. */
@ExtendWith(ExampleNode.class)
class DataStreamReferenceTest {
    private static final String LABEL = "reference";
    private static final String LATE = "reference-late";
    private static final String EARLY = "reference-early";

    /** An operator of the reference, and what it makes of the trades, with prices in place of trades. */
    private record Case(String name, Function<StreamEnvironment, DataStream<?>> stream, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Function<DataStream<Trade>, DataStream<?>> stream, String... expected) {
        return new Case(name, env -> stream.apply(DataStreamReference.trades(env)), List.of(expected));
    }

    private static Case ofBoth(
            String name, BiFunction<DataStream<Trade>, DataStream<Quote>, DataStream<?>> stream, String... expected) {
        return new Case(
                name,
                env -> stream.apply(DataStreamReference.trades(env), StreamsReference.quotes(env)),
                List.of(expected));
    }

    private static final String[] ALL = {"A 10", "B 20", "A 12", "A 15", "B 18", "A 9"};

    private static final List<Case> CASES = List.of(
            of("trades", trades -> trades, ALL),
            new Case("slow-places", DataStreamReference::tradesOfSlowPlaces, List.of(ALL)),
            new Case("until-midnight", DataStreamReference::tradesUntilMidnight, List.of(ALL)),
            of("map", DataStreamReference::map, ALL),
            of("filter", DataStreamReference::filter, "B 20", "B 18"),
            of("flatMap", DataStreamReference::flatMap, "B", "B", "B", "B", "B", "B", "B", "B"),
            of("sideOutput", DataStreamReference::sideOutput, "B 20", "B 18"),
            of("reduce", DataStreamReference::reduce, "A 10", "B 20", "A 10", "A 10", "B 18", "A 9"),
            of("sum", DataStreamReference::sum, "A 10", "A 22", "A 37", "A 46", "B 20", "B 38"),
            of("maxBy", DataStreamReference::maxBy, "A 10", "A 12", "A 15", "A 15", "B 20", "B 20"),
            of("keyedProcess", DataStreamReference::keyedProcess, "A rests at 9", "B rests at 18"),
            of("tumblingReduce", DataStreamReference::tumblingReduce, "A 12", "A 15", "A 9", "B 20", "B 18"),
            of(
                    "slidingAggregate",
                    DataStreamReference::slidingAggregate,
                    "11.0", // A: 10 and 12, then with 15, then 15 and 9, then 9
                    "12.333333333333334",
                    "12.0",
                    "9.0",
                    "20.0", // B: 20, then with 18, then 18
                    "19.0",
                    "18.0"),
            of(
                    "aggregateWithWindow",
                    DataStreamReference::aggregateWithWindow,
                    "A from 0: 11.0",
                    "A from 10000: 15.0",
                    "A from 20000: 9.0",
                    "B from 0: 20.0",
                    "B from 10000: 18.0"),
            of("sessionProcess", DataStreamReference::sessionProcess, "A 10 12 15", "A 9", "B 20", "B 18"),
            of("cumulativeSum", DataStreamReference::cumulativeSum, "A 22", "A 37", "A 46", "B 20", "B 38", "B 38"),
            of("countWindow", DataStreamReference::countWindow, "A 22", "A 24", "B 38"),
            of("windowAll", DataStreamReference::windowAll, "B 20", "B 18", "A 9"),
            of("processingTime", DataStreamReference::processingTime, "84"),
            of("byCount", DataStreamReference::byCount, "A 22", "A 24", "B 38"),
            of("evicted", DataStreamReference::evicted, "A 12", "A 15", "A 9", "B 20", "B 18"),
            ofBoth(
                    "windowJoin",
                    (trades, quotes) -> StreamsReference.windowJoin(
                            trades.keyBy(Trade::symbol, String.class), quotes.keyBy(Quote::symbol, String.class)),
                    "A 10/11",
                    "A 12/11",
                    "A 15/14"),
            ofBoth(
                    "coGroup",
                    (trades, quotes) -> StreamsReference.coGroup(
                            trades.keyBy(Trade::symbol, String.class), quotes.keyBy(Quote::symbol, String.class)),
                    "A 11 quoted, 22 traded",
                    "A 14 quoted, 15 traded",
                    "B 21 quoted, 0 traded"),
            ofBoth(
                    "intervalJoin",
                    (trades, quotes) -> StreamsReference.intervalJoin(
                            trades.keyBy(Trade::symbol, String.class), quotes.keyBy(Quote::symbol, String.class)),
                    "10/11", // 2 s later, the last that is near enough
                    "12/11",
                    "15/14"),
            ofBoth(
                    "outerJoin",
                    (trades, quotes) -> StreamsReference.outerJoin(
                            trades.keyBy(Trade::symbol, String.class), quotes.keyBy(Quote::symbol, String.class)),
                    "10/-",
                    "20/-",
                    "12/11",
                    "15/-",
                    "18/-",
                    "9/-",
                    "-/14",
                    "-/21"),
            ofBoth(
                    "union",
                    (trades, quotes) -> StreamsReference.union(trades.map(Trade::symbol), quotes.map(Quote::symbol)),
                    "A",
                    "A",
                    "A",
                    "A",
                    "A",
                    "A",
                    "B",
                    "B",
                    "B"),
            of("async", StreamsReference::async, ALL),
            of("iterate", StreamsReference::iterate, "5", "5", "6", "7", "9", "4"),
            of("partitioned", StreamsReference::partitioned, "A 10!", "B 20!", "A 12!", "A 15!", "B 18!", "A 9!"),
            of(
                    "states",
                    StreamsReference::states,
                    "A 1 true 10 10.0",
                    "A 2 true 12 11.0",
                    "A 3 true 15 12.333333333333334",
                    "A 4 true 15 11.5",
                    "B 1 false 20 20.0",
                    "B 2 false 20 19.0"),
            of("operatorState", StreamsReference::operatorState, "1", "2", "3", "4", "5", "6"));

    static Stream<Case> cases() {
        return CASES.stream();
    }

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            String name = env.args().require("case");
            Case example = CASES.stream()
                    .filter(each -> each.name.equals(name))
                    .findFirst()
                    .orElseThrow();
            rows(example.stream.apply(env));
        }
    }

    private static void rows(DataStream<?> stream) {
        stream.map(record -> record instanceof Trade trade ? trade.symbol() + " " + trade.price() : record.toString())
                .sinkTo(new CollectSink<>(LABEL))
                .uid("collect");
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
        CollectSink.forget(LATE);
        CollectSink.forget(EARLY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatItsWordsSay(Case example, ExampleNode.Running node) throws Exception {
        node.run(Job.class, 2, 512, "--case", example.name);

        assertThat(CollectSink.<String>committed(LABEL)).containsExactlyInAnyOrderElementsOf(example.expected);
    }

    /** What comes of connected streams depends on which record comes first; that each comes does not. */
    public static final class UnorderedJob implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Trade> trades = DataStreamReference.trades(env);
            DataStream<Quote> quotes = StreamsReference.quotes(env);
            rows(StreamsReference.connect(trades, quotes));
            StreamsReference.broadcast(trades, quotes)
                    .sinkTo(new CollectSink<>(LATE))
                    .uid("collect-broadcast");
        }
    }

    @Test
    void connectedStreamsLoseNothing(ExampleNode.Running node) throws Exception {
        node.run(UnorderedJob.class, 2, 512);

        assertThat(CollectSink.<String>committed(LABEL)).hasSize(3).allMatch(row -> row.matches("[AB] (un)?known"));
        assertThat(CollectSink.<String>committed(LATE))
                .hasSize(6)
                .allMatch(row -> row.matches("[AB] (quoted|without a quote)"));
    }

    private static final List<Trade> WITH_LATE = List.of(
            new Trade("A", 1_000, 10),
            new Trade("A", 12_000, 15), // the window of the first ten seconds fires
            new Trade("A", 4_000, 12), // late
            new Trade("A", 25_000, 9));

    public static final class LateJob implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Trade> trades = env.fromSource(
                            new OneAtATime<>(WITH_LATE),
                            WatermarkStrategy.<Trade>forMonotonousTimestamps()
                                    .withTimestampAssigner((trade, ignored) -> trade.time()),
                            "trades")
                    .uid("trades")
                    .setParallelism(1)
                    .returns(Trade.class);
            DataStream<Trade> toTheSide = DataStreamReference.lateToTheSide(trades);
            toTheSide.sinkTo(new CollectSink<>(LATE)).uid("collect-late");
            rows(DataStreamReference.lateUpdates(trades));
            DataStreamReference.early(trades).sinkTo(new CollectSink<>(EARLY)).uid("collect-early");
        }
    }

    @Test
    void lateRecordsUpdateOrGoToTheSide(ExampleNode.Running node) throws Exception {
        node.run(LateJob.class, 2, 512);

        assertThat(CollectSink.<String>committed(LABEL)).containsExactlyInAnyOrder("A 10", "A 12", "A 15", "A 9");
        assertThat(CollectSink.<Trade>committed(LATE)).containsExactly(new Trade("A", 4_000, 12));
        // When the watermark passes 10 s and 20 s, and at the end of the minute: it is all one window.
        assertThat(CollectSink.<String>committed(EARLY))
                .startsWith("A 25", "A 46")
                .endsWith("A 46");
    }
}
