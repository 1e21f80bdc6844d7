// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSink;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import io.millrace.api.stream.DataStream;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.plan.Jobs.Order;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperatorIdsTest {
    @Test
    void sourcesAreKnownByTheirSafeNameOrTheirUid() {
        assertThat(Jobs.ids(Jobs.plan(env -> Jobs.orders(env, "Web orders (v2)").sinkTo(Jobs.sink()))))
                .containsExactly("Web-orders-v2-.splits", "Web-orders-v2-");
        assertThat(Jobs.ids(
                        Jobs.plan(env -> Jobs.orders(env, "orders").uid("in").sinkTo(Jobs.sink()))))
                .containsExactly("in.splits", "in");
        assertThat(Jobs.ids(Jobs.plan(env -> Jobs.orders(env, "???").sinkTo(Jobs.sink()))))
                .containsExactly("source.splits", "source");
        assertThat(Jobs.ids(Jobs.plan(env -> Jobs.orders(env, "..").sinkTo(Jobs.sink()))))
                .containsExactly("source.splits", "source");
        assertThat(Jobs.ids(Jobs.plan(env -> Jobs.orders(env, "x".repeat(500)).sinkTo(Jobs.sink())))
                        .get(1))
                .hasSize(120);
    }

    @Test
    void collectionsAreNumbered() {
        JobGraph graph = Jobs.plan(env -> {
            DataStream<Integer> first = env.fromElements(1, 2);
            DataStream<Integer> named = env.fromElements(3).name("three");
            first.union(env.fromElements(4), named, env.fromElements(5)).sinkTo(Jobs.sink());
        });

        assertThat(Jobs.ids(graph)).containsSubsequence("collection", "three", "collection-2", "collection-3");
    }

    @Test
    void aUidElsewhereDoesNotMoveTheIdsOfStatelessOperators() {
        JobGraph without =
                Jobs.plan(env -> Jobs.orders(env).map(o -> o).filter(o -> true).sinkTo(Jobs.sink()));
        JobGraph with = Jobs.plan(
                env -> Jobs.orders(env).map(o -> o).uid("m").filter(o -> true).sinkTo(Jobs.sink()));

        assertThat(without.vertices().get(1).chain())
                .extracting(ChainedOperator::id)
                .containsExactly("orders", "op-1-map", "op-2-filter", "op-3-sink");
        assertThat(with.vertices().get(1).chain())
                .extracting(ChainedOperator::id)
                .containsExactly("orders", "m", "op-2-filter", "op-3-sink");
    }

    @Test
    void stateNeedsAUid() {
        fails(
                env -> Jobs.orders(env)
                        .keyBy(Order::customer)
                        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                        .reduce((l, r) -> r)
                        .name("count")
                        .sinkTo(Jobs.sink()),
                "The operator 'count' (window) keeps state, so it needs a stable id. Add .uid(\"...\") after it, for"
                        + " example .uid(\"count\").");
    }

    @Test
    void allMissingUidsAreNamedWithDifferentSuggestions() {
        fails(
                env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    orders.keyBy(Order::customer).sum(Order::amount).sinkTo(Jobs.sink());
                    orders.keyBy(Order::customer).sum(Order::amount).sinkTo(new Ledger());
                },
                "The operator 'sum' (keyedProcess) keeps state, so it needs a stable id. Add .uid(\"...\") after it,"
                        + " for example .uid(\"sum\").",
                "The operator 'sum' (keyedProcess) keeps state, so it needs a stable id. Add .uid(\"...\") after it,"
                        + " for example .uid(\"sum-2\").",
                "The operator 'sink' (sink) keeps state, so it needs a stable id. Add .uid(\"...\") after it, for"
                        + " example .uid(\"sink\").");
    }

    @Test
    void uidsAreUnique() {
        fails(
                env -> Jobs.orders(env)
                        .map(o -> o)
                        .name("a")
                        .uid("x")
                        .filter(o -> true)
                        .name("b")
                        .uid("x")
                        .sinkTo(Jobs.sink()),
                "The uid 'x' is given to both 'a' (map) and 'b' (filter): give each operator a uid of its own.");
    }

    @Test
    void sourcesOfOneNameNeedAUid() {
        fails(
                env -> Jobs.orders(env, "my orders")
                        .union(Jobs.orders(env, "my-orders"))
                        .sinkTo(Jobs.sink()),
                "The sources 'my orders' and 'my-orders' would both keep their positions under the id 'my-orders':"
                        + " give one of them an id of its own with .uid(\"...\").");
    }

    @Test
    void aUidDoesNotHideADerivedId() {
        fails(
                env -> Jobs.orders(env).map(o -> o).uid("orders").sinkTo(Jobs.sink()),
                "The id 'orders' belongs to both 'orders' (source) and 'map' (map): give one of them another with"
                        + " .uid(\"...\").");
        fails(
                env -> Jobs.orders(env).map(o -> o).uid("orders.splits").sinkTo(Jobs.sink()),
                "The id 'orders.splits' of 'map' (map) is that of the split enumerator of the source 'orders': give"
                        + " one of them another with .uid(\"...\").");
    }

    private static void fails(StreamJob job, String... messages) {
        assertThatThrownBy(() -> Jobs.plan(job))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(Jobs.lines(messages));
    }

    /** A sink that commits, and so has state. It never runs. */
    private static final class Ledger implements CommittingSink<Object, String> {
        @Override
        public CommittingSinkWriter<Object, String> createWriter(SinkWriterContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Committer<String> createCommitter(SinkWriterContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public VersionedSerializer<String> committableSerializer() {
            throw new UnsupportedOperationException();
        }
    }
}
