// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Partitioner;
import io.millrace.api.stream.DataStream;
import io.millrace.plan.Jobs.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for of a stream, and the edges that come of it. */
class PartitioningTest {
    /** A class of its own, to be found in the fingerprint. */
    private static final class ByLength implements Partitioner<String> {
        @Override
        public int partition(String key, int numPartitions) {
            return key.length() % numPartitions;
        }
    }

    private interface Spread {
        DataStream<Order> apply(DataStream<Order> orders);
    }

    private static StreamJob job(int from, int to, Spread spread) {
        return env -> spread.apply(Jobs.orders(env).setParallelism(from))
                .sinkTo(Jobs.sink())
                .uid("out")
                .setParallelism(to);
    }

    private static Edge edge(int from, int to, Spread spread) {
        List<Edge> edges = Jobs.plan(job(from, to, spread)).edges();
        assertThat(edges).hasSize(2);
        return edges.get(1);
    }

    private static EdgePartitioning partitioning(int from, int to, Spread spread) {
        return edge(from, to, spread).partitioning();
    }

    @Test
    void everyOneBecomesAnEdgeOfItsKind() {
        assertThat(partitioning(2, 3, DataStream::rebalance)).isEqualTo(EdgePartitioning.REBALANCE);
        assertThat(partitioning(2, 3, DataStream::rescale)).isEqualTo(EdgePartitioning.RESCALE);
        assertThat(partitioning(2, 3, DataStream::shuffle)).isEqualTo(EdgePartitioning.SHUFFLE);
        assertThat(partitioning(2, 3, DataStream::global)).isEqualTo(EdgePartitioning.GLOBAL);
        assertThat(partitioning(2, 3, DataStream::broadcast)).isEqualTo(EdgePartitioning.BROADCAST);
        assertThat(partitioning(2, 3, orders -> orders.partitionCustom(new ByLength(), Order::customer)))
                .isEqualTo(EdgePartitioning.CUSTOM);
        assertThat(partitioning(2, 3, orders -> orders)).isEqualTo(EdgePartitioning.REBALANCE);
    }

    @Test
    void betweenEqualParallelismsTheyStayWhatTheyAre() {
        assertThat(partitioning(2, 2, DataStream::rescale)).isEqualTo(EdgePartitioning.RESCALE);
        assertThat(partitioning(2, 2, DataStream::shuffle)).isEqualTo(EdgePartitioning.SHUFFLE);
        assertThat(partitioning(1, 1, DataStream::global)).isEqualTo(EdgePartitioning.GLOBAL);
    }

    @Test
    void forwardChainsBetweenEqualParallelisms() {
        assertThat(Jobs.chains(Jobs.plan(job(3, 3, DataStream::forward)))).containsExactly(List.of("orders", "sink"));
        assertThat(partitioning(3, 3, orders -> orders.disableChaining().forward()))
                .isEqualTo(EdgePartitioning.FORWARD);
    }

    @Test
    void forwardBetweenDifferentParallelismsIsAnError() {
        assertThatThrownBy(() -> Jobs.plan(job(2, 3, DataStream::forward)))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(
                        "forward() leads from the operator 'orders' (source) with a parallelism of 2 to 'sink' (sink)"
                                + " with 3: give both the same parallelism, or use rescale() or rebalance().");
    }

    @Test
    void forwardBehindAUnionWinsOverWhatIsBeforeIt() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> a = Jobs.orders(env, "a");
            DataStream<Order> b = Jobs.orders(env, "b");
            a.broadcast().union(b.shuffle()).forward().sinkTo(Jobs.sink()).uid("out");
        });

        assertThat(Jobs.edges(graph).subList(2, 4)).containsExactly("a[0] FORWARD out", "b[0] FORWARD out");
    }

    @Test
    void unionsKeepWhatEachStreamAsksFor() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> a = Jobs.orders(env, "a");
            DataStream<Order> b = Jobs.orders(env, "b");
            DataStream<Order> c = Jobs.orders(env, "c");
            a.rescale()
                    .union(b.partitionCustom(new ByLength(), Order::customer), c.global())
                    .sinkTo(Jobs.sink())
                    .uid("out");
        });

        assertThat(Jobs.edges(graph).subList(3, 6))
                .containsExactly("a[0] RESCALE out", "b[0] CUSTOM out", "c[0] GLOBAL out");
    }

    @Test
    void customEdgesCarryTheUsersCodeIntoTheFingerprint() throws Exception {
        Spread byLength = orders -> orders.partitionCustom(new ByLength(), Order::customer);
        Edge edge = edge(2, 3, byLength);

        assertThat(edge.partitioner()).isInstanceOf(ByLength.class);
        assertThat(edge.keySelector()).isNotNull();
        assertThat(edge.keyType()).isNull();
        JobGraph graph = Jobs.plan(job(2, 3, byLength));
        assertThat(graph.fingerprint().parts().keySet()).contains("class " + ByLength.class.getName());
        assertThat(graph.fingerprint().structure())
                .isNotEqualTo(
                        Jobs.plan(job(2, 3, DataStream::shuffle)).fingerprint().structure());
    }

    @Test
    void plansNameThem() {
        JobGraph graph = Jobs.plan(job(2, 3, DataStream::rescale));

        assertThat(PlanText.of(graph)).contains("<- [1] orders, rescale, records");
        assertThat(PlanDescription.of(graph).get("edges").toString()).contains("partitioning=rescale");
    }
}
