// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectedStreamsTest {
    private static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("rules", String.class, Long.class);

    private final LogicalPlan plan = new LogicalPlan(1, 128);

    private <T> DataStream<T> stream(LogicalPlan of, String name, List<T> records) {
        OperatorSpec source =
                new OperatorSpec.SourceSpec(new CollectionSource<>(records), WatermarkStrategy.noWatermarks());
        return new DataStream<T>(of, of.add(source, List.of())).name(name);
    }

    private final DataStream<Long> numbers = stream(plan, "numbers", List.of(1L));
    private final DataStream<String> texts = stream(plan, "texts", List.of("a"));

    private static StreamInput input(DataStream<?> stream, int ordinal) {
        StreamInput input = stream.node.inputs().get(ordinal);
        assertThat(input.ordinal()).isEqualTo(ordinal);
        return input;
    }

    private static TypeHint<?> keyType(DataStream<?> stream, int ordinal) {
        return ((Partitioning.Hash) input(stream, ordinal).partitioning()).keyType();
    }

    @Test
    void theFunctionReadsBothStreamsAsInputsOfTheirOwn() {
        DataStream<String> both = numbers.rebalance().connect(texts).map(new Naming());
        assertThat(both.node.spec().inputs()).isEqualTo(2);
        assertThat(both.node.name()).isEqualTo("coMap");
        assertThat(input(both, 0).source().name()).isEqualTo("numbers");
        assertThat(input(both, 0).partitioning()).isInstanceOf(Partitioning.Rebalance.class);
        assertThat(input(both, 1).source().name()).isEqualTo("texts");
        assertThat(input(both, 1).partitioning()).isInstanceOf(Partitioning.Forward.class);
    }

    @Test
    void aStreamCanBeConnectedWithItself() {
        DataStream<Object> both =
                numbers.connect(numbers).keyBy(n -> n, n -> n, Long.class).process(new Counting<>());
        assertThat(input(both, 0).source()).isSameAs(input(both, 1).source());
    }

    @Test
    void bothAreKeyedBeforeOrAfterTheyAreConnected() {
        DataStream<Object> after = numbers.connect(texts)
                .keyBy(n -> n + "", text -> text, String.class)
                .process(new Counting<>());
        DataStream<Object> before = numbers.keyBy(n -> n + "", String.class)
                .connect(texts.keyBy(text -> text, String.class))
                .process(new Counting<>());
        for (DataStream<?> keyed : List.of(after, before)) {
            assertThat(keyed.node.spec().keyed(0)).isTrue();
            assertThat(keyed.node.spec().keyed(1)).isTrue();
            assertThat(keyed.node.spec().stateful()).isTrue();
            assertThat(keyType(keyed, 0)).isEqualTo(TypeHint.of(String.class));
            assertThat(keyType(keyed, 1)).isEqualTo(TypeHint.of(String.class));
        }
    }

    @Test
    void aKeyTypeThatOneDeclaresIsTheOthersToo() {
        DataStream<Object> both = numbers.keyBy(n -> n + "")
                .connect(texts.keyBy(text -> text, String.class))
                .process(new Counting<>());
        assertThat(keyType(both, 0)).isEqualTo(TypeHint.of(String.class));
        assertThat(keyType(both, 1)).isEqualTo(TypeHint.of(String.class));
        DataStream<Object> neither =
                numbers.connect(texts).keyBy(n -> n + "", text -> text).process(new Counting<>());
        assertThat(keyType(neither, 0)).isNull();
    }

    @Test
    void keysOfDifferentTypesAreRefusedByName() {
        ConnectedStreams<Long, String> differing =
                numbers.keyBy(n -> n, Long.class).connect(texts.keyBy(text -> text, String.class));
        assertThatThrownBy(() -> differing.process(new Counting<Object>()))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'numbers' are java.lang.Long")
                .hasMessageContaining("'texts' are java.lang.String");
    }

    @Test
    void aKeyedFunctionNeedsKeysOnBothSides() {
        assertThatThrownBy(
                        () -> numbers.keyBy(n -> n, Long.class).connect(texts).process(new Counting<Long>()))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'texts' is not grouped by key");
        assertThatThrownBy(() -> numbers.connect(texts.broadcast(RULES)).process(new Ruled()))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'numbers' is not grouped by key")
                .hasMessageContaining("BroadcastProcessFunction");
    }

    @Test
    void streamsOfOneJobAreConnected() {
        DataStream<String> elsewhere = stream(new LogicalPlan(1, 128), "elsewhere", List.of("a"));
        assertThatThrownBy(() -> numbers.connect(elsewhere))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("elsewhere belongs to another environment than numbers");
        assertThatThrownBy(() -> numbers.connect(elsewhere.broadcast(RULES)))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("elsewhere belongs to another environment than numbers");
    }

    @Test
    void aBroadcastStreamGoesToAllAndItsStateIsPartOfThePlan() {
        DataStream<Object> ruled = numbers.keyBy(n -> n, Long.class)
                .connect(texts.broadcast(RULES, new MapStateDescriptor<>("more", Long.class, Long.class)))
                .process(new Ruled());
        OperatorSpec spec = ruled.node.spec();
        assertThat(input(ruled, 1).partitioning()).isInstanceOf(Partitioning.Broadcast.class);
        assertThat(spec.keyed(0)).isTrue();
        assertThat(spec.keyed(1)).isFalse();
        assertThat(spec.stateful()).isTrue();
        assertThat(spec.details()).isEqualTo("broadcast state [rules, more]");
        assertThat(spec.stateTypes()).hasSize(4);
        assertThat(ruled.node.name()).isEqualTo("keyedBroadcastProcess");
    }

    @Test
    void aFunctionWithoutKeysReadsABroadcastStreamToo() {
        DataStream<Object> ruled = numbers.connect(texts.broadcast(RULES)).process(new UnkeyedRuled());
        assertThat(ruled.node.spec().keyed(0)).isFalse();
        assertThat(ruled.node.spec().stateful()).isTrue();
        assertThat(ruled.node.name()).isEqualTo("broadcastProcess");
    }

    @Test
    void broadcastStatesHaveNamesOfTheirOwn() {
        assertThatThrownBy(() -> texts.broadcast(RULES, RULES))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'rules' of 'texts'");
        assertThatThrownBy(() -> texts.broadcast(new MapStateDescriptor<>("_mine", String.class, Long.class)))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'_mine'");
    }

    private static final class Naming implements CoMapFunction<Long, String, String> {
        @Override
        public String map1(Long record) {
            return "number";
        }

        @Override
        public String map2(String record) {
            return "text";
        }
    }

    private static final class Counting<K> extends KeyedCoProcessFunction<K, Object, Object, Object> {
        @Override
        public void processElement1(Object record, Context<K> context, Collector<Object> out) {}

        @Override
        public void processElement2(Object record, Context<K> context, Collector<Object> out) {}
    }

    private static final class Ruled extends KeyedBroadcastProcessFunction<Long, Long, String, Object> {
        @Override
        public void processElement(Long record, ReadOnlyContext<Long> context, Collector<Object> out) {}

        @Override
        public void processBroadcastElement(String record, Context<Long> context, Collector<Object> out) {}
    }

    private static final class UnkeyedRuled extends BroadcastProcessFunction<Long, String, Object> {
        @Override
        public void processElement(Long record, ReadOnlyContext context, Collector<Object> out) {}

        @Override
        public void processBroadcastElement(String record, Context context, Collector<Object> out) {}
    }
}
