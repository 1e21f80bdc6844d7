// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.plan.Jobs.Order;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanChecksTest {
    @Test
    void aJobHasSourcesAndSinks() {
        fails(
                env -> {},
                "The job has no source: begin with env.fromSource(..), fromCollection(..) or fromElements(..).",
                "The job has no sink: end its streams in sinkTo(..).");
        fails(env -> Jobs.orders(env).map(o -> o), "The job has no sink: end its streams in sinkTo(..).");
    }

    @Test
    void everyStreamLeadsSomewhere() {
        fails(
                env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    orders.sinkTo(Jobs.sink());
                    orders.map(Order::amount).name("forgotten");
                    orders.union(orders);
                },
                "The stream 'forgotten' leads nowhere: end it in sinkTo(..) or remove it.",
                "The stream 'union' leads nowhere: end it in sinkTo(..) or remove it.");
    }

    @Test
    void unionsTakeNothingButAName() {
        fails(
                env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    orders.union(orders).name("both").setParallelism(4).sinkTo(Jobs.sink());
                },
                "The union 'both' only joins streams and does not run as an operator, so it takes no"
                        + " setParallelism(..), uid(..), blocking() or slotSharingGroup(..). Set them on the operator after"
                        + " it.");
    }

    @Test
    void keyedOperatorsReadKeyedStreams() {
        LogicalPlan plan = new LogicalPlan(1, 128);
        Transformation source = plan.add(sourceSpec(), List.of());
        source.setName("orders");
        Transformation reduce = plan.add(
                new OperatorSpec.ReduceSpec((l, r) -> r, null),
                List.of(new StreamInput(source, new Partitioning.Forward(), null)));
        reduce.setUid("last");
        plan.add(
                new OperatorSpec.SinkSpec(Jobs.sink()),
                List.of(new StreamInput(reduce, new Partitioning.Forward(), null)));

        assertThatThrownBy(() -> Planner.plan(plan, StreamJob.class))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("The operator 'reduce' (reduce) works on keys, but not all of its input is grouped by key:"
                        + " put keyBy(..) right before it.");
    }

    private static OperatorSpec sourceSpec() {
        LogicalPlan other = Jobs.environment(1, env -> Jobs.orders(env)).logicalPlan();
        return other.transformations().get(0).spec();
    }

    @Test
    void keyGroupsBoundTheParallelism() {
        StreamJob job = env -> {
            env.setMaxParallelism(4);
            Jobs.orders(env)
                    .keyBy(Order::customer)
                    .sum(Order::amount)
                    .uid("total")
                    .setParallelism(8)
                    .sinkTo(Jobs.sink());
        };
        fails(
                job,
                "The operator 'sum' (keyedProcess) has a parallelism of 8, more than the job's max parallelism"
                        + " (number of key groups) of 4. Lower the first or raise env.setMaxParallelism(..).");
        assertThatCode(() -> Jobs.plan(env -> {
                    env.setMaxParallelism(4);
                    Jobs.orders(env).setParallelism(8).sinkTo(Jobs.sink());
                }))
                .as("operators without keys are not bound")
                .doesNotThrowAnyException();
    }

    @Test
    void sideOutputsExist() {
        fails(
                env -> {
                    DataStream<Order> mapped = Jobs.orders(env).map(o -> o);
                    mapped.sinkTo(Jobs.sink());
                    mapped.getSideOutput(Jobs.REJECTED).sinkTo(Jobs.sink());
                },
                "The operator 'map' (map) has no side output 'rejected': call getSideOutput(..) on the stream of a"
                        + " process(..), or of a window with sideOutputLateData(..) of the same tag.");
        fails(
                env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    orders.union(orders).getSideOutput(Jobs.REJECTED).sinkTo(Jobs.sink());
                },
                "The operator 'union' (union) has no side output 'rejected': call getSideOutput(..) on the stream of a"
                        + " process(..), or of a window with sideOutputLateData(..) of the same tag.");
        fails(
                env -> Jobs.orders(env)
                        .keyBy(Order::customer)
                        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                        .sideOutputLateData(new OutputTag<>("late", Order.class))
                        .reduce((l, r) -> r)
                        .uid("last")
                        .getSideOutput(Jobs.REJECTED)
                        .sinkTo(Jobs.sink()),
                "The operator 'window' (window) has no side output 'rejected': call getSideOutput(..) on the stream of"
                        + " a process(..), or of a window with sideOutputLateData(..) of the same tag.");
    }

    @Test
    void aSideOutputHasOneType() {
        fails(
                env -> {
                    DataStream<Order> checked = Jobs.orders(env).process(new Jobs.Check());
                    checked.getSideOutput(Jobs.REJECTED).sinkTo(Jobs.sink());
                    checked.getSideOutput(new OutputTag<>("rejected", String.class))
                            .sinkTo(Jobs.sink());
                },
                "The side output 'rejected' of 'process' (process) is read as io.millrace.plan.Jobs$Order and as"
                        + " java.lang.String: give each side output a name of its own.");
    }

    @Test
    void problemsOfAllKindsAreReportedTogether() {
        fails(
                env -> {
                    DataStream<Order> orders = Jobs.orders(env);
                    orders.map(o -> o).name("forgotten");
                    orders.keyBy(Order::customer).sum(Order::amount).sinkTo(Jobs.sink());
                },
                "The stream 'forgotten' leads nowhere: end it in sinkTo(..) or remove it.",
                "The operator 'sum' (keyedProcess) keeps state, so it needs a stable id. Add .uid(\"...\") after it,"
                        + " for example .uid(\"sum\").");
    }

    private static void fails(StreamJob job, String... messages) {
        assertThatThrownBy(() -> Jobs.plan(job))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(Jobs.lines(messages));
    }
}
