// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec.SinkSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import io.millrace.plan.Jobs.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans of functions that read two streams. */
class ConnectedPlanTest {
    private static final MapStateDescriptor<String, Order> RULES =
            new MapStateDescriptor<>("rules", String.class, Order.class);

    private static List<Edge> edgesInto(JobGraph graph, String operator) {
        Vertex vertex = graph.vertices().stream()
                .filter(candidate -> candidate.chain().get(0).name().equals(operator))
                .findFirst()
                .orElseThrow();
        return graph.inputsOf(vertex.index());
    }

    @Test
    void whatReadsTwoStreamsStandsAtTheHeadOfItsChain() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.connect(orders.map(Order::amount)).map(new Either()).sinkTo(Jobs.sink());
        });
        assertThat(edgesInto(graph, "coMap")).extracting(Edge::input).containsExactlyInAnyOrder(0, 1);
        assertThat(edgesInto(graph, "coMap")).extracting(Edge::partitioning).containsOnly(EdgePartitioning.FORWARD);
    }

    @Test
    void aStreamThatIsConnectedWithItselfIsReadTwice() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.connect(orders)
                    .keyBy(Order::amount, Order::amount, Long.class)
                    .process(new Both())
                    .uid("both")
                    .sinkTo(Jobs.sink());
        });
        assertThat(edgesInto(graph, "keyedCoProcess")).extracting(Edge::input).containsExactlyInAnyOrder(0, 1);
        assertThat(edgesInto(graph, "keyedCoProcess"))
                .extracting(Edge::partitioning)
                .containsOnly(EdgePartitioning.HASH);
    }

    @Test
    void aBroadcastStreamReachesEverySubtask() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.keyBy(Order::amount, Long.class)
                    .connect(orders.broadcast(RULES))
                    .process(new Ruled())
                    .uid("ruled")
                    .setParallelism(3)
                    .sinkTo(Jobs.sink());
        });
        assertThat(edgesInto(graph, "keyedBroadcastProcess"))
                .extracting(Edge::input, Edge::partitioning)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(0, EdgePartitioning.HASH),
                        org.assertj.core.groups.Tuple.tuple(1, EdgePartitioning.BROADCAST));
    }

    @Test
    void onlyTheGeneralFunctionsHaveSideOutputs() {
        OutputTag<Long> tag = new OutputTag<>("side", Long.class);
        assertThatThrownBy(() -> Jobs.plan(env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    DataStream<Object> mapped = orders.connect(orders).map(new Either());
                    mapped.sinkTo(Jobs.sink());
                    mapped.getSideOutput(tag).sinkTo(Jobs.sink());
                }))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("has no side output 'side'");
        Jobs.plan(env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.connect(orders)
                    .keyBy(Order::amount, Order::amount, Long.class)
                    .process(new Both())
                    .uid("both")
                    .getSideOutput(tag)
                    .sinkTo(Jobs.sink());
        });
    }

    /** Any function may keep state of the key behind a keyBy. */
    @Test
    void keysThatPlainFunctionsMayShareStateOfAreOfOneType() {
        keysAreOfOneType(new ConnectSpec(ConnectSpec.Kind.MAP, new Either()));
    }

    @Test
    void keysThatShareTheirStateAreOfOneType() {
        keysAreOfOneType(new ConnectSpec(ConnectSpec.Kind.KEYED_PROCESS, new Both()));
    }

    private static void keysAreOfOneType(ConnectSpec spec) {
        LogicalPlan plan = new LogicalPlan(1, 128);
        Transformation orders = source(plan, "orders");
        Transformation payments = source(plan, "payments");
        Transformation both = plan.add(
                spec,
                List.of(
                        new StreamInput(orders, new Partitioning.Hash(o -> o, TypeHint.of(Long.class)), null, 0),
                        new StreamInput(payments, new Partitioning.Hash(o -> o, TypeHint.of(String.class)), null, 1)));
        both.setUid("both");
        plan.add(new SinkSpec(new PrintSink<>()), List.of(new StreamInput(both, new Partitioning.Forward(), null)));
        assertThatThrownBy(() -> Planner.plan(plan, StreamJob.class))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'orders'")
                .hasMessageContaining("by keys of java.lang.Long and")
                .hasMessageContaining("'payments'")
                .hasMessageContaining("by keys of java.lang.String");
    }

    private static Transformation source(LogicalPlan plan, String name) {
        Transformation source = plan.add(
                new SourceSpec(new CollectionSource<>(List.of(1L)), WatermarkStrategy.noWatermarks()), List.of());
        source.setName(name);
        return source;
    }

    private static final class Either implements CoMapFunction<Object, Object, Object> {
        @Override
        public Object map1(Object record) {
            return record;
        }

        @Override
        public Object map2(Object record) {
            return record;
        }
    }

    private static final class Both extends KeyedCoProcessFunction<Long, Object, Object, Object> {
        @Override
        public void processElement1(Object record, Context<Long> context, Collector<Object> out) {}

        @Override
        public void processElement2(Object record, Context<Long> context, Collector<Object> out) {}
    }

    private static final class Ruled extends KeyedBroadcastProcessFunction<Long, Order, Order, Object> {
        @Override
        public void processElement(Order record, ReadOnlyContext<Long> context, Collector<Object> out) {}

        @Override
        public void processBroadcastElement(Order record, Context<Long> context, Collector<Object> out) {}
    }
}
