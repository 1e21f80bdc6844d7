// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.Partitioner;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final OutputTag<String> ERRORS = new OutputTag<>("errors", String.class);

    private final StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
    private final BoundedStream<Integer> numbers = env.fromElements(1, 2, 3).returns(Integer.class);

    /** The operator that was added last. */
    private Transformation last() {
        List<Transformation> all = env.logicalPlan().transformations();
        return all.get(all.size() - 1);
    }

    private StreamInput input() {
        return last().inputs().get(0);
    }

    private static final class Pass extends ProcessFunction<Integer, Integer> {
        @Override
        public void processElement(Integer record, Context context, Collector<Integer> out) {
            out.collect(record);
        }
    }

    @Test
    void eachCallAddsAnOperatorAfterTheLast() {
        numbers.map(x -> x + 1)
                .filter(x -> x > 0)
                .<String>flatMap((x, out) -> out.collect("" + x))
                .sinkTo(new DiscardSink<>("streams-test"));

        assertThat(env.logicalPlan().transformations())
                .extracting(node -> node.spec().label())
                .containsExactly("source", "map", "filter", "flatMap", "sink");
        assertThat(env.logicalPlan().transformations().subList(1, 5)).allSatisfy(node -> {
            assertThat(node.inputs()).hasSize(1);
            assertThat(node.inputs().get(0).source().id()).isEqualTo(node.id() - 1);
            assertThat(node.inputs().get(0).partitioning()).isEqualTo(new Partitioning.Forward());
        });
    }

    @Test
    void settingsGoToTheOperatorThatProducesTheStream() {
        numbers.map(x -> x)
                .name("copy")
                .uid("copy-1")
                .setParallelism(4)
                .blocking()
                .disableChaining()
                .returns(Integer.class);

        assertThat(last().name()).isEqualTo("copy");
        assertThat(last().uid()).isEqualTo("copy-1");
        assertThat(last().parallelism()).isEqualTo(4);
        assertThat(last().blocking()).isTrue();
        assertThat(last().chainingAllowed()).isFalse();
        assertThat(last().outputType()).isEqualTo(TypeHint.of(Integer.class));
        assertThat(numbers.map(x -> x)).isInstanceOf(BoundedStream.class);
    }

    @Test
    void sinksTakeSettingsToo() {
        numbers.sinkTo(new DiscardSink<>("streams-test"))
                .name("out")
                .uid("out-1")
                .setParallelism(2)
                .blocking()
                .disableChaining();

        assertThat(last().name()).isEqualTo("out");
        assertThat(last().uid()).isEqualTo("out-1");
        assertThat(last().parallelism()).isEqualTo(2);
        assertThat(last().blocking()).isTrue();
        assertThat(last().chainingAllowed()).isFalse();
    }

    @Test
    void typesPassThroughWhatDoesNotChangeTheRecords() {
        numbers.filter(x -> true);
        assertThat(last().outputType()).isEqualTo(TypeHint.of(Integer.class));
        numbers.keyBy(x -> x).reduce((l, r) -> r);
        assertThat(last().outputType()).isEqualTo(TypeHint.of(Integer.class));
        assertThat(((OperatorSpec.ReduceSpec) last().spec()).type()).isEqualTo(TypeHint.of(Integer.class));
        numbers.map(x -> x);
        assertThat(last().outputType()).isNull();
    }

    @Test
    void partitioningsBelongToTheNextInputAlone() {
        DataStream<Integer> rebalanced = numbers.rebalance();
        rebalanced.map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Rebalance());
        rebalanced.broadcast().map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Broadcast());
        numbers.map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Forward());
    }

    @Test
    void eachPartitioningReachesTheNextInput() {
        numbers.forward().map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Forward(true));
        numbers.rescale().map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Rescale());
        numbers.shuffle().map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Shuffle());
        numbers.global().map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Global());
        Partitioner<Object> first = (key, n) -> 0;
        KeySelector<Integer, Integer> itself = x -> x;
        numbers.partitionCustom(first, itself).map(x -> x);
        assertThat(input().partitioning()).isEqualTo(new Partitioning.Custom(first, itself));
        numbers.process(new Pass()).getSideOutput(ERRORS).shuffle().map(x -> x);
        assertThat(input().sideOutput()).isEqualTo(ERRORS);
    }

    @Test
    void partitionCustomAndKeyByExcludeEachOther() {
        DataStream<Integer> placed = numbers.partitionCustom((key, n) -> 0, x -> x);
        String message =
                "keyBy(..) after partitionCustom(..) on 'collection' would replace it: the engine itself decides"
                        + " where a key's state is. Remove partitionCustom(..), or work without keys behind it.";
        assertThatThrownBy(() -> placed.keyBy(x -> x))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> placed.keyBy(x -> x, Integer.class))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(message);
        assertThat(numbers.shuffle().keyBy(x -> x)).isNotNull();
    }

    @Test
    void aKeyedStreamKeepsItsPartitioning() {
        KeyedStream<Integer, Integer> keyed = numbers.keyBy(x -> x);
        List<Function<DataStream<Integer>, DataStream<Integer>>> others = List.of(
                DataStream::forward,
                DataStream::rebalance,
                DataStream::rescale,
                DataStream::shuffle,
                DataStream::broadcast,
                DataStream::global,
                stream -> stream.partitionCustom((key, n) -> 0, x -> x));
        for (Function<DataStream<Integer>, DataStream<Integer>> other : others) {
            assertThatThrownBy(() -> other.apply(keyed))
                    .isInstanceOf(JobDefinitionException.class)
                    .hasMessageMatching(
                            "The stream keyed on 'collection' is asked for [a-z]+ right behind keyBy\\(..\\),"
                                    + " which would lose its keys. Remove the one or the other.");
        }
    }

    @Test
    void chainsAndSlotsAreSetOnTheProducer() {
        BoundedStream<Integer> mapped = numbers.map(x -> x).startNewChain().slotSharingGroup("heavy");
        assertThat(last().startsChain()).isTrue();
        assertThat(last().slotSharingGroup()).isEqualTo("heavy");
        mapped.sinkTo(new DiscardSink<>("streams-test")).slotSharingGroup("write");
        assertThat(last().slotSharingGroup()).isEqualTo("write");
        assertThat(last().startsChain()).isFalse();
        numbers.map(x -> x);
        assertThat(last().slotSharingGroup()).isNull();
    }

    @Test
    void printIsASink() {
        numbers.print();
        assertThat(((OperatorSpec.SinkSpec) last().spec()).sink()).isInstanceOf(PrintSink.class);
        numbers.print("> ").name("shown");
        assertThat(last().name()).isEqualTo("shown");
    }

    @Test
    void keysCarryTheirSelectorAndType() throws Exception {
        numbers.keyBy(x -> "k" + x, String.class).sum(x -> x);
        Partitioning.Hash hash = (Partitioning.Hash) input().partitioning();
        @SuppressWarnings("unchecked")
        io.millrace.api.function.KeySelector<Integer, String> selector =
                (io.millrace.api.function.KeySelector<Integer, String>) hash.selector();

        assertThat(selector.getKey(5)).isEqualTo("k5");
        assertThat(hash.keyType()).isEqualTo(TypeHint.of(String.class));
        assertThat(last().name()).isEqualTo("sum");
        assertThat(last().spec().stateful()).isTrue();
        numbers.keyBy(x -> x).map(x -> x);
        assertThat(((Partitioning.Hash) input().partitioning()).keyType()).isNull();
        assertThat(last().spec().stateful()).isFalse();
    }

    @Test
    void minByAndMaxByKeepTheFirstOfEquals() throws Exception {
        DataStream<String> words = env.fromElements("b", "aa", "cc", "d");
        assertThat(reduced(words.keyBy(String::length).minBy(String::length)).reduce("b", "d"))
                .isEqualTo("b");
        assertThat(reduced(words.keyBy(String::length).maxBy(String::length)).reduce("aa", "cc"))
                .isEqualTo("aa");
        assertThat(reduced(words.keyBy(String::length).minBy(String::length)).reduce("aa", "d"))
                .isEqualTo("d");
        assertThat(reduced(words.keyBy(String::length).maxBy(String::length)).reduce("d", "aa"))
                .isEqualTo("aa");
        assertThat(last().name()).isEqualTo("maxBy");
    }

    @SuppressWarnings("unchecked")
    private static ReduceFunction<String> reduced(DataStream<String> stream) {
        return (ReduceFunction<String>) ((OperatorSpec.ReduceSpec) stream.node.spec()).function();
    }

    @Test
    void windowsFoldReduceOrBuffer() {
        KeyedStream<Integer, Integer> keyed = numbers.keyBy(x -> x);
        WindowedStream<Integer, Integer, ?> windows = keyed.window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)));

        windows.reduce((l, r) -> l + r);
        assertThat(body()).isInstanceOf(WindowBody.Reducing.class);
        assertThat(last().outputType()).isEqualTo(TypeHint.of(Integer.class));
        windows.<Integer>process((key, context, contents, out) -> contents.forEach(out::collect));
        assertThat(((WindowBody.Buffering) body()).recordType()).isEqualTo(TypeHint.of(Integer.class));
        windows.max(x -> x);
        assertThat(((WindowBody.Aggregating) body()).accumulatorType())
                .isEqualTo(TypeHint.of(LongFold.Accumulator.class));
        assertThat(last().name()).isEqualTo("max");
    }

    private WindowBody body() {
        return ((OperatorSpec.WindowSpec) last().spec()).body();
    }

    @Test
    void lateRecordsGoWhereTheyAreSent() {
        OutputTag<Integer> late = new OutputTag<>("late", Integer.class);
        var windows = numbers.keyBy(x -> x).window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)));
        windows.sum(x -> x);
        assertThat(((OperatorSpec.WindowSpec) last().spec()).lateness().sideOutput())
                .isNull();
        windows.sideOutputLateData(late).sum(x -> x);
        assertThat(((OperatorSpec.WindowSpec) last().spec()).lateness().sideOutput())
                .isEqualTo(late);
    }

    @Test
    void sideOutputsHaveTheTypeOfTheirTag() {
        DataStream<Integer> passed = numbers.process(new Pass());
        DataStream<String> errors = passed.getSideOutput(ERRORS);
        errors.filter(x -> true);
        assertThat(input().sideOutput()).isEqualTo(ERRORS);
        assertThat(input().source()).isSameAs(passed.node);
        assertThat(last().outputType()).isEqualTo(TypeHint.of(String.class));
        errors.keyBy(x -> x).map(x -> x);
        assertThat(input().sideOutput()).isEqualTo(ERRORS);
        errors.rebalance().map(x -> x);
        assertThat(input().sideOutput()).isEqualTo(ERRORS);

        assertThatThrownBy(() -> errors.returns(String.class))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("The side output 'errors' of process has the type of its OutputTag, java.lang.String:"
                        + " declare it there, not by returns().");
        assertThat(passed.node.outputType()).isNull();
    }

    @Test
    void unionsReadEveryStreamInItsOwnWay() {
        numbers.union(numbers.rebalance(), numbers.process(new Pass()));

        assertThat(last().spec()).isInstanceOf(OperatorSpec.UnionSpec.class);
        assertThat(last().inputs())
                .extracting(StreamInput::partitioning)
                .containsExactly(new Partitioning.Forward(), new Partitioning.Rebalance(), new Partitioning.Forward());
        assertThat(last().outputType()).isEqualTo(TypeHint.of(Integer.class));
    }

    @Test
    void onlySourcesWaitForEachOther() {
        WatermarkStrategy<Integer> aligned =
                WatermarkStrategy.<Integer>forMonotonousTimestamps().withWatermarkAlignment("g", Duration.ofSeconds(3));
        assertThatThrownBy(() -> numbers.assignTimestampsAndWatermarks(aligned))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("aligned in 'g' within PT3S")
                .hasMessageContaining("Give env.fromSource(..) the aligned strategy.");
    }

    @Test
    void unionsAreOfOneJob() {
        StreamEnvironment other = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
        DataStream<Integer> foreign = other.fromElements(4).name("foreign");

        assertThatThrownBy(() -> numbers.union(foreign))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("union() joins streams of one job; foreign belongs to another environment.");
    }

    @Test
    void foldsNumbersFromTheFirstOn() {
        LongFold<Integer> lowest = new LongFold<>(x -> x, Math::min);
        LongFold.Accumulator left = lowest.add(7, lowest.createAccumulator());

        assertThat(lowest.getResult(left)).isEqualTo(7);
        assertThat(lowest.getResult(lowest.add(9, left))).isEqualTo(7);
        assertThat(lowest.getResult(lowest.merge(left, lowest.createAccumulator())))
                .isEqualTo(7);
        assertThat(lowest.getResult(lowest.merge(lowest.createAccumulator(), left)))
                .isEqualTo(7);
        assertThat(lowest.getResult(lowest.merge(left, lowest.add(3, lowest.createAccumulator()))))
                .isEqualTo(3);
    }

    @Test
    void typeHintsAreEqualWhenTheirTypesAre() {
        TypeHint<List<String>> strings = new TypeHint<>() {};

        assertThat(strings).isEqualTo(new TypeHint<List<String>>() {}).isNotEqualTo(new TypeHint<List<Long>>() {});
        assertThat(strings).hasToString("java.util.List<java.lang.String>");
        assertThat(strings.rawType()).isEqualTo(List.class);
        assertThat(new TypeHint<String>() {}).isEqualTo(TypeHint.of(String.class));
        assertThat(new TypeHint<String>() {}.hashCode())
                .isEqualTo(TypeHint.of(String.class).hashCode());
        assertThatThrownBy(() -> new TypeHint<List<String>[]>() {}.rawType())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runningAggregatesKeepOneNumberAKey() throws Exception {
        RunningAggregate<String, Integer> sum = new RunningAggregate<>(x -> x, Long::sum);
        FakeKeyedContext context = new FakeKeyedContext("k");
        sum.open(context);
        List<Keyed<String, Long>> out = new ArrayList<>();
        sum.processElement(5, context, out::add);
        sum.processElement(-7, context, out::add);

        assertThat(out).containsExactly(new Keyed<>("k", 5L), new Keyed<>("k", -2L));
    }

    /** A keyed function of its own is stateful and reads by key. */
    @Test
    void keyedProcessFunctionsKeepState() {
        numbers.keyBy(x -> x).process(new KeyedProcessFunction<Integer, Integer, Integer>() {
            @Override
            public void processElement(Integer record, Context<Integer> context, Collector<Integer> out) {
                out.collect(record);
            }
        });

        assertThat(last().spec().stateful()).isTrue();
        assertThat(input().partitioning()).isInstanceOf(Partitioning.Hash.class);
    }
}
