// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.stream.DataStream;
import io.millrace.plan.Jobs.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a job says of chains and slots. */
class ChainingTest {
    @Test
    void aNewChainBeginsWhereItIsAskedFor() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .map(order -> order)
                .name("a")
                .map(order -> order)
                .name("b")
                .startNewChain()
                .map(order -> order)
                .name("c")
                .sinkTo(Jobs.sink())
                .name("d"));

        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders", "a"), List.of("b", "c", "d"));
        assertThat(graph.edges().get(1).partitioning()).isEqualTo(EdgePartitioning.FORWARD);
    }

    @Test
    void operatorsAreInTheDefaultGroup() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env).sinkTo(Jobs.sink()));

        assertThat(graph.vertices()).extracting(Vertex::slotSharingGroup).containsOnly("default");
        assertThat(PlanText.of(graph)).doesNotContain("slot sharing group");
        assertThat(PlanDescription.of(graph).get("vertices").toString()).doesNotContain("slotSharingGroup");
    }

    @Test
    void aGroupIsInheritedAndEndsChains() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .slotSharingGroup("read")
                .map(order -> order)
                .name("a")
                .map(order -> order)
                .name("heavy")
                .slotSharingGroup("cpu")
                .filter(order -> true)
                .name("b")
                .sinkTo(Jobs.sink())
                .slotSharingGroup("write"));

        assertThat(Jobs.chains(graph)).containsExactly(List.of("orders", "a"), List.of("heavy", "b"), List.of("sink"));
        assertThat(graph.vertices())
                .extracting(Vertex::slotSharingGroup)
                .as("the enumerator is in its source's")
                .containsExactly("read", "read", "cpu", "write");
        assertThat(PlanText.of(graph)).contains("operator, parallelism 2, slot sharing group 'cpu'\n");
        assertThat(PlanDescription.of(graph).get("vertices").toString()).contains("slotSharingGroup=write");
    }

    @Test
    void inputsOfSeveralGroupsGiveTheDefaultOne() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Order> a = Jobs.orders(env, "a").slotSharingGroup("one");
            DataStream<Order> b = Jobs.orders(env, "b").slotSharingGroup("two");
            DataStream<Order> c = Jobs.orders(env, "c").slotSharingGroup("one");
            a.union(b).map(order -> order).sinkTo(Jobs.sink()).uid("mixed");
            a.union(c).map(order -> order).uid("same").sinkTo(Jobs.sink());
        });

        assertThat(graph.vertices())
                .filteredOn(vertex -> vertex.name().startsWith("map"))
                .extracting(Vertex::slotSharingGroup)
                .containsExactly("default", "one");
    }

    @Test
    void theGroupIsPartOfTheFingerprint() {
        Fingerprint one = Jobs.plan(
                        env -> Jobs.orders(env).slotSharingGroup("one").sinkTo(Jobs.sink()))
                .fingerprint();
        Fingerprint two = Jobs.plan(
                        env -> Jobs.orders(env).slotSharingGroup("two").sinkTo(Jobs.sink()))
                .fingerprint();

        assertThat(one.structure().differences(two.structure()))
                .containsExactly("vertex 0 (orders.splits): differs", "vertex 1 (orders): differs");
    }

    @Test
    void aGroupHasAName() {
        assertThatThrownBy(() -> Jobs.plan(env -> Jobs.orders(env).slotSharingGroup(" ")))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("The slot sharing group of 'orders' has no name. Give it one, such as"
                        + " slotSharingGroup(\"heavy\"), or leave it out to share slots with the operator's inputs.");
    }
}
