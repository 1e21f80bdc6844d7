// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private final JobGraph graph = Jobs.plan(PlannerTest::everything);

    @Test
    void showsEveryVertexWithItsInputsAndItsChain() {
        String digest = graph.fingerprint().digest();
        String order = "io.millrace.plan.Jobs$Order";

        assertThat(PlanText.of(graph))
                .isEqualTo(Jobs.lines(
                        "Job graph: 8 vertices, 7 edges, 4096 key groups, fingerprint " + digest,
                        "",
                        "[0] web.splits",
                        "    enumerator, parallelism 1",
                        "",
                        "[1] web",
                        "    source, parallelism 2",
                        "    <- [0] web.splits, assigned",
                        "    * web (source), watermarks monotonous",
                        "",
                        "[2] shop.splits",
                        "    enumerator, parallelism 1",
                        "",
                        "[3] shop",
                        "    source, parallelism 1",
                        "    <- [2] shop.splits, assigned",
                        "    * shop (source), watermarks monotonous",
                        "",
                        "[4] op-3-process",
                        "    operator, parallelism 2",
                        "    <- [1] web, forward, records " + order,
                        "    <- [3] shop, rebalance, records " + order,
                        "    * op-3-process (process) 'check'",
                        "    * op-4-filter (filter) 'clean'",
                        "",
                        "[5] perMinute",
                        "    operator, parallelism 4",
                        "    <- [4] op-3-process, hash by java.lang.String, records " + order,
                        "    * perMinute (window), tumbling(size 60000 ms), reducing, late records to 'rejected'",
                        "    * op-6-sink (sink) 'print'",
                        "",
                        "[6] rejects",
                        "    operator, parallelism 1",
                        "    <- [4] op-3-process, rebalance, side output 'rejected' of op-3-process, records " + order,
                        "    * rejects (sink)",
                        "",
                        "[7] late",
                        "    operator, parallelism 4",
                        "    <- [5] perMinute, forward, side output 'rejected' of perMinute, records " + order,
                        "    * late (sink)",
                        ""));
    }

    @Test
    void showsBlockingVerticesAndUndeclaredKeys() {
        String text = PlanText.of(Jobs.plan(env -> {
            env.setMaxParallelism(128);
            Jobs.orders(env)
                    .keyBy(Jobs.Order::customer)
                    .sum(Jobs.Order::amount)
                    .uid("total")
                    .blocking()
                    .sinkTo(Jobs.sink());
        }));

        assertThat(text)
                .contains("128 key groups")
                .contains("operator, parallelism 2, blocking\n")
                .contains("hash by a key of undeclared type, records");
    }

    @Test
    void describesTheGraphInMapsAndLists() {
        Map<String, Object> description = PlanDescription.of(graph);

        assertThat(description)
                .containsEntry("maxParallelism", 4096)
                .containsEntry("fingerprint", graph.fingerprint().digest());
        assertThat(list(description, "vertices")).hasSize(8);
        assertThat(list(description, "vertices").get(5))
                .isEqualTo(Map.of(
                        "index",
                        5,
                        "id",
                        "perMinute",
                        "name",
                        "perMinute -> print",
                        "kind",
                        "operator",
                        "parallelism",
                        4,
                        "blocking",
                        false,
                        "operators",
                        List.of(
                                Map.of(
                                        "id",
                                        "perMinute",
                                        "name",
                                        "perMinute",
                                        "kind",
                                        "window",
                                        "details",
                                        "tumbling(size 60000 ms), reducing, late records to 'rejected'"),
                                Map.of("id", "op-6-sink", "name", "print", "kind", "sink"))));
        assertThat(list(description, "edges").get(0))
                .isEqualTo(Map.of("index", 0, "from", 0, "to", 1, "fromOperator", "web", "partitioning", "assigned"));
        assertThat(list(description, "edges").get(4))
                .isEqualTo(Map.of(
                        "index",
                        4,
                        "from",
                        4,
                        "to",
                        5,
                        "fromOperator",
                        "op-4-filter",
                        "partitioning",
                        "hash",
                        "keyType",
                        "java.lang.String",
                        "recordType",
                        "io.millrace.plan.Jobs$Order"));
        assertThat(list(description, "edges").get(5))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("sideOutput", "rejected")
                .containsEntry("fromOperator", "op-3-process");
    }

    private static List<?> list(Map<String, Object> description, String key) {
        return (List<?>) description.get(key);
    }
}
