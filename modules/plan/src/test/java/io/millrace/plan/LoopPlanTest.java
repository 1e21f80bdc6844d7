// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Iteration;
import io.millrace.api.stream.IterativeStream;
import io.millrace.plan.Jobs.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopPlanTest {
    private static void loop(DataStream<Order> input, String uid) {
        IterativeStream<Order> loop = input.iterate(7).uid(uid);
        DataStream<Order> body =
                loop.keyBy(Order::customer, String.class).map(order -> order).name("step of " + uid);
        loop.closeWith(body.filter(order -> order.amount() > 0));
        body.filter(order -> order.amount() <= 0).sinkTo(Jobs.sink());
    }

    @Test
    void onlyFeedbackEdgesLeadBack() {
        JobGraph graph = Jobs.plan(env -> loop(Jobs.orders(env), "loop"));

        assertThat(graph.edges()).allMatch(edge -> edge.from() < edge.to() != graph.isFeedback(edge));
        assertThat(graph.edges().stream().filter(graph::isFeedback)).hasSize(1);
        assertThat(Jobs.ids(graph).get(2)).isEqualTo("loop");
        assertThat(graph.isLoopHead(2)).isTrue();
    }

    @Test
    void whatLeavesTheLoopIsNotInIt() {
        JobGraph graph = Jobs.plan(env -> loop(Jobs.orders(env), "loop"));

        List<String> inside = graph.vertices().stream()
                .filter(vertex -> graph.isInLoop(vertex.index()))
                .map(vertex -> vertex.chain().get(0).name())
                .toList();
        assertThat(inside).containsExactly("iterate", "step of loop", "filter");
        assertThat(graph.edges().stream().filter(graph::isInLoop)).hasSize(3);
    }

    @Test
    void aBodyOfTheSameShapeRunsInTheChainOfTheHead() {
        JobGraph graph = Jobs.plan(env -> Jobs.orders(env)
                .iterate(loop -> {
                    DataStream<Order> step = loop.uid("loop").map(order -> order);
                    return new Iteration<>(step, step.map(Order::amount));
                })
                .sinkTo(Jobs.sink()));

        assertThat(Jobs.chains(graph)).contains(List.of("iterate", "map"));
        assertThat(Jobs.edges(graph)).contains("loop[1] FORWARD loop");
    }

    @Test
    void loopsMayFollowEachOther() {
        JobGraph graph = Jobs.plan(env -> {
            IterativeStream<Order> first = Jobs.orders(env).iterate().uid("first");
            DataStream<Order> body = first.map(order -> order);
            first.closeWith(body.filter(order -> order.amount() > 0));
            loop(body.filter(order -> order.amount() <= 0), "second");
        });

        assertThat(graph.edges().stream().filter(graph::isFeedback)).hasSize(2);
    }

    @Test
    void plansSayWhatComesBack() {
        StreamJob job = env -> loop(Jobs.orders(env), "loop");
        JobGraph graph = Jobs.plan(job);

        assertThat(PlanText.of(graph))
                .contains("* loop (iterate), at most 7 waiting", "<- feedback of [4] op-3-filter, forward");
        assertThat(PlanDescription.of(graph).get("edges").toString()).contains("feedback=true");
        assertThat(graph.fingerprint()).isEqualTo(Jobs.plan(job).fingerprint());
    }

    @Test
    void theBoundIsPartOfTheFingerprint() {
        StreamJob some = env -> {
            IterativeStream<Order> loop = Jobs.orders(env).iterate(5).uid("loop");
            loop.closeWith(loop.map(order -> order)).sinkTo(Jobs.sink());
        };
        StreamJob more = env -> {
            IterativeStream<Order> loop = Jobs.orders(env).iterate(6).uid("loop");
            loop.closeWith(loop.map(order -> order)).sinkTo(Jobs.sink());
        };
        assertThat(Jobs.plan(some)
                        .fingerprint()
                        .structure()
                        .differences(Jobs.plan(more).fingerprint().structure()))
                .singleElement()
                .asString()
                .contains("(loop)");
    }

    @Test
    void aLoopIsClosed() {
        fails(
                env -> Jobs.orders(env).iterate().uid("loop").sinkTo(Jobs.sink()),
                "The loop 'iterate' (iterate) is never closed: give closeWith(..) the stream that is to come back, or"
                        + " remove iterate().");
    }

    @Test
    void feedbackComesFromTheLoop() {
        fails(
                env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    IterativeStream<Order> loop = orders.iterate().uid("loop");
                    loop.closeWith(orders.filter(order -> true).name("other"));
                    loop.sinkTo(Jobs.sink());
                },
                "closeWith(..) of the loop 'iterate' (iterate) is given the stream of 'other' (filter), which does not come from"
                        + " the loop: join it to the loop's input by union(..).");
    }

    @Test
    void loopsAreNotNested() {
        fails(
                env -> {
                    IterativeStream<Order> outer =
                            Jobs.orders(env).iterate().name("outer").uid("outer");
                    IterativeStream<Order> inner =
                            outer.map(order -> order).iterate().name("inner").uid("inner");
                    DataStream<Order> body = inner.map(order -> order);
                    inner.closeWith(body);
                    outer.closeWith(body);
                    body.sinkTo(Jobs.sink());
                },
                "The loop 'inner' (iterate) is inside the loop 'outer' (iterate): loops cannot be nested. Make them"
                        + " one, with a field that says which of both a record is in.");
    }

    @Test
    void theRecordsOnTheirWayAreStateUnderAUid() {
        assertThatThrownBy(() -> Jobs.plan(env -> {
                    IterativeStream<Order> loop = Jobs.orders(env).iterate();
                    loop.closeWith(loop.map(order -> order)).sinkTo(Jobs.sink());
                }))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("keeps state, so it needs a stable id");
    }

    @Test
    void theBoundIsAtLeastOne() {
        assertThatThrownBy(() -> Jobs.plan(env -> Jobs.orders(env).iterate(0)))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("at least 1, not 0");
    }

    private static void fails(StreamJob job, String problem) {
        assertThatThrownBy(() -> Jobs.plan(job))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining(problem);
    }
}
