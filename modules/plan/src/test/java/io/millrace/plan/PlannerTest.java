// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.stream.DataStream;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.plan.Jobs.Order;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Test
    void putsAnEnumeratorInFrontOfTheSource() {
        JobGraph graph = Jobs.plan(3, env -> Jobs.orders(env).sinkTo(Jobs.sink()));

        assertThat(Jobs.ids(graph)).containsExactly("orders.splits", "orders");
        Vertex enumerator = graph.vertices().get(0);
        assertThat(enumerator.kind()).isEqualTo(Vertex.Kind.ENUMERATOR);
        assertThat(enumerator.parallelism()).isEqualTo(1);
        assertThat(enumerator.name()).isEqualTo("orders (splits)");
        assertThat(enumerator.chain()).singleElement().satisfies(operator -> assertThat(operator.id())
                .isEqualTo("orders"));
        Vertex source = graph.vertices().get(1);
        assertThat(source.kind()).isEqualTo(Vertex.Kind.SOURCE);
        assertThat(source.parallelism()).isEqualTo(3);
        assertThat(source.name()).isEqualTo("orders -> sink");
        assertThat(Jobs.edges(graph)).containsExactly("orders.splits[0] ASSIGNED orders");
    }

    @Test
    void chainsWhatRunsSideBySide() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .filter(order -> order.amount() > 0)
                .name("positive")
                .map(Order::customer)
                .name("customer")
                .sinkTo(Jobs.sink())
                .name("out"));

        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders", "positive", "customer", "out"));
        assertThat(graph.vertices().get(1).chain())
                .extracting(ChainedOperator::id)
                .containsExactly("orders", "op-1-filter", "op-2-map", "op-3-sink");
    }

    @Test
    void endsAChainWhereTheParallelismChanges() {
        JobGraph graph = Jobs.plan(
                env -> Jobs.orders(env).map(Order::customer).setParallelism(5).sinkTo(Jobs.sink()));

        assertThat(Jobs.edges(graph))
                .containsExactly(
                        "orders.splits[0] ASSIGNED orders",
                        "orders[0] REBALANCE op-1-map",
                        "op-1-map[0] REBALANCE op-2-sink");
        assertThat(graph.vertices()).extracting(Vertex::parallelism).containsExactly(1, 2, 5, 2);
    }

    @Test
    void endsAChainAtAForkAndKeepsTheOrderOfItsReaders() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.map(Order::amount).sinkTo(Jobs.sink()).uid("amounts");
            orders.sinkTo(Jobs.sink()).uid("all");
        });

        assertThat(Jobs.edges(graph))
                .containsExactly(
                        "orders.splits[0] ASSIGNED orders", "orders[0] FORWARD op-1-map", "orders[0] FORWARD all");
        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders"), List.of("map", "sink"), List.of("sink"));
    }

    @Test
    void neverChainsAnOperatorThatForbidsItOnEitherSide() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .map(order -> order)
                .name("a")
                .map(order -> order)
                .name("b")
                .disableChaining()
                .map(order -> order)
                .name("c")
                .sinkTo(Jobs.sink())
                .name("d"));

        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders", "a"), List.of("b"), List.of("c", "d"));
        assertThat(graph.edges().subList(1, 3)).extracting(Edge::partitioning).containsOnly(EdgePartitioning.FORWARD);
    }

    @Test
    void givesBlockingOperatorsAChainOfTheirOwn() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .map(order -> order)
                .name("lookup")
                .blocking()
                .map(order -> order)
                .name("enrich")
                .blocking()
                .sinkTo(Jobs.sink())
                .name("out"));

        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders"), List.of("lookup", "enrich"), List.of("out"));
        assertThat(graph.vertices()).extracting(Vertex::blocking).containsExactly(false, false, true, false);
    }

    @Test
    void hashesByKeyWithItsTypes() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .keyBy(Order::customer, String.class)
                .sum(Order::amount)
                .uid("total")
                .sinkTo(Jobs.sink()));

        Edge hash = graph.edges().get(1);
        assertThat(hash.partitioning()).isEqualTo(EdgePartitioning.HASH);
        assertThat(hash.keySelector()).isNotNull();
        assertThat(hash.keyType()).isEqualTo(TypeHint.of(String.class));
        assertThat(hash.recordType()).isEqualTo(TypeHint.of(Order.class));
        assertThat(graph.vertices().get(2).id()).isEqualTo("total");
        assertThat(graph.vertices().get(2).chain()).hasSize(2);
    }

    @Test
    void keepsBroadcastAndRebalanceBetweenEqualParallelisms() {
        JobGraph graph = Jobs.plan(env ->
                Jobs.orders(env).rebalance().map(order -> order).broadcast().sinkTo(Jobs.sink()));

        assertThat(Jobs.edges(graph))
                .containsExactly(
                        "orders.splits[0] ASSIGNED orders",
                        "orders[0] REBALANCE op-1-map",
                        "op-1-map[0] BROADCAST op-2-sink");
        assertThat(graph.edges().get(1).keySelector()).isNull();
        assertThat(graph.edges().get(2).recordType()).isNull();
    }

    @Test
    void readsSideOutputsFromTheMiddleOfAChain() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> checked =
                    Jobs.orders(env).process(new Jobs.Check()).name("check");
            checked.sinkTo(Jobs.sink()).name("good");
            checked.getSideOutput(Jobs.REJECTED).sinkTo(Jobs.sink()).uid("bad");
        });

        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders", "check", "good"), List.of("sink"));
        assertThat(Jobs.edges(graph))
                .containsExactly("orders.splits[0] ASSIGNED orders", "orders[1] FORWARD rejected bad");
        assertThat(graph.edges().get(1).sideOutput()).isEqualTo(Jobs.REJECTED);
        assertThat(graph.edges().get(1).recordType()).isEqualTo(TypeHint.of(Order.class));
    }

    @Test
    void acceptsAnOperatorWhoseSideOutputAloneIsRead() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .process(new Jobs.Check())
                .getSideOutput(Jobs.REJECTED)
                .sinkTo(Jobs.sink()));

        assertThat(Jobs.edges(graph))
                .containsExactly("orders.splits[0] ASSIGNED orders", "orders[1] FORWARD rejected op-2-sink");
    }

    @Test
    void flattensUnionsIntoEdges() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> a = Jobs.orders(env, "a");
            DataStream<Order> b = Jobs.orders(env, "b").setParallelism(3);
            DataStream<Order> c = Jobs.orders(env, "c");
            a.union(b).union(c).map(Order::amount).uid("amount").sinkTo(Jobs.sink());
        });

        assertThat(Jobs.ids(graph)).containsExactly("a.splits", "a", "b.splits", "b", "c.splits", "c", "amount");
        assertThat(Jobs.edges(graph).subList(3, 6))
                .containsExactly("a[0] FORWARD amount", "b[0] REBALANCE amount", "c[0] FORWARD amount");
    }

    @Test
    void letsThePartitioningNearestToTheConsumerWin() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> a = Jobs.orders(env, "a");
            DataStream<Order> b = Jobs.orders(env, "b");
            a.broadcast().union(b).sinkTo(Jobs.sink()).uid("mixed");
            a.broadcast()
                    .union(b)
                    .keyBy(Order::customer, String.class)
                    .reduce((l, r) -> r)
                    .uid("last")
                    .sinkTo(Jobs.sink());
            a.broadcast().union(b).rebalance().union(b).sinkTo(Jobs.sink()).uid("nested");
        });

        assertThat(Jobs.edges(graph).subList(2, 9))
                .containsExactly(
                        "a[0] BROADCAST mixed",
                        "b[0] FORWARD mixed",
                        "a[0] HASH last",
                        "b[0] HASH last",
                        "a[0] REBALANCE nested",
                        "b[0] REBALANCE nested",
                        "b[0] FORWARD nested");
    }

    @Test
    void chainsThroughAUnionOfOneAndNotThroughOneWithItself() {
        JobGraph one = Jobs.plan(env -> union(Jobs.orders(env)).sinkTo(Jobs.sink()));
        assertThat(Jobs.chains(one)).containsExactly(List.of("orders", "sink"));

        JobGraph twice = Jobs.plan(env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.union(orders).sinkTo(Jobs.sink()).uid("out");
        });
        assertThat(Jobs.edges(twice).subList(1, 3)).containsExactly("orders[0] FORWARD out", "orders[0] FORWARD out");
    }

    private static DataStream<Order> union(DataStream<Order> stream) {
        return stream.union();
    }

    @Test
    void takesTheRecordTypeFromAUnionWhereItsInputsDeclareNone() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> a = Jobs.orders(env, "a").map(order -> order);
            DataStream<Order> b = Jobs.orders(env, "b").map(order -> order);
            a.union(b).returns(Order.class).rebalance().sinkTo(Jobs.sink());
        });

        assertThat(graph.edges().subList(2, 4)).extracting(Edge::recordType).containsOnly(TypeHint.of(Order.class));
    }

    @Test
    void plansAJobWithEverything() {
        JobGraph graph = Jobs.plan(2, PlannerTest::everything);

        assertThat(Jobs.ids(graph))
                .containsExactly(
                        "web.splits", "web", "shop.splits", "shop", "op-3-process", "perMinute", "rejects", "late");
        assertThat(graph.vertices()).extracting(Vertex::parallelism).containsExactly(1, 2, 1, 1, 2, 4, 1, 4);
        assertThat(Jobs.chains(graph))
                .containsExactly(
                        List.of("web"),
                        List.of("shop"),
                        List.of("check", "clean"),
                        List.of("perMinute", "print"),
                        List.of("sink"),
                        List.of("sink"));
        assertThat(Jobs.edges(graph))
                .containsExactly(
                        "web.splits[0] ASSIGNED web",
                        "shop.splits[0] ASSIGNED shop",
                        "web[0] FORWARD op-3-process",
                        "shop[0] REBALANCE op-3-process",
                        "op-3-process[1] HASH perMinute",
                        "op-3-process[0] REBALANCE rejected rejects",
                        "perMinute[0] FORWARD rejected late");
        for (int i = 0; i < graph.vertices().size(); i++) {
            assertThat(graph.vertices().get(i).index()).isEqualTo(i);
        }
        for (int i = 0; i < graph.edges().size(); i++) {
            Edge edge = graph.edges().get(i);
            assertThat(edge.index()).isEqualTo(i);
            assertThat(edge.from()).isLessThan(edge.to());
        }
        assertThat(graph.inputsOf(4)).extracting(Edge::index).containsExactly(2, 3);
        assertThat(graph.outputsOf(4)).extracting(Edge::index).containsExactly(4, 5);
    }

    static void everything(StreamEnvironment env) {
        DataStream<Order> web = Jobs.orders(env, "web");
        DataStream<Order> shop = Jobs.orders(env, "shop").setParallelism(1);
        DataStream<Order> checked =
                web.union(shop).process(new Jobs.Check()).name("check").returns(Order.class);
        DataStream<Order> perMinute = checked.filter(order -> order.amount() > 0)
                .name("clean")
                .keyBy(Order::customer, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .sideOutputLateData(Jobs.REJECTED)
                .reduce((l, r) -> r)
                .uid("perMinute")
                .name("perMinute")
                .setParallelism(4);
        perMinute.sinkTo(Jobs.sink()).name("print").setParallelism(4);
        checked.getSideOutput(Jobs.REJECTED).sinkTo(Jobs.sink()).uid("rejects").setParallelism(1);
        perMinute.getSideOutput(Jobs.REJECTED).sinkTo(Jobs.sink()).uid("late").setParallelism(4);
    }

    @Test
    void keepsRegisteredTypesById() {
        JobGraph graph = Jobs.plan(env -> {
            env.registerType(String.class, 9).registerType(Order.class, 3);
            Jobs.orders(env).sinkTo(Jobs.sink());
        });

        assertThat(graph.registeredTypes()).containsOnlyKeys(3, 9).containsEntry(3, Order.class);
        assertThat(graph.maxParallelism()).isEqualTo(4096);
    }
}
