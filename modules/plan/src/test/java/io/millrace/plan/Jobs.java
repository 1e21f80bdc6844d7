// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.stream.BoundedStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import java.util.Arrays;
import java.util.List;

/** Small jobs and what tests ask of their graphs. */
final class Jobs {
    record Order(String customer, long amount) {}

    static final OutputTag<Order> REJECTED = new OutputTag<>("rejected", Order.class);

    /** A process function that has a side output. */
    static final class Check extends ProcessFunction<Order, Order> {
        @Override
        public void processElement(Order record, Context context, Collector<Order> out) {
            if (record.amount() < 0) {
                context.output(REJECTED, record);
            } else {
                out.collect(record);
            }
        }
    }

    private Jobs() {}

    static JobGraph plan(StreamJob job) {
        return plan(2, job);
    }

    static JobGraph plan(int parallelism, StreamJob job) {
        return Planner.plan(environment(parallelism, job).logicalPlan(), job.getClass());
    }

    static StreamEnvironment environment(int parallelism, StreamJob job) {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), parallelism));
        try {
            job.define(env);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return env;
    }

    static BoundedStream<Order> orders(StreamEnvironment env) {
        return orders(env, "orders");
    }

    static BoundedStream<Order> orders(StreamEnvironment env, String name) {
        return env.fromSource(
                GeneratorSource.of(i -> new Order("c" + i % 3, i), 10, Order.class),
                WatermarkStrategy.<Order>forMonotonousTimestamps().withTimestampAssigner((order, t) -> order.amount()),
                name);
    }

    static <T> DiscardSink<T> sink() {
        return new DiscardSink<>("plan-tests");
    }

    static List<String> ids(JobGraph graph) {
        return graph.vertices().stream().map(Vertex::id).toList();
    }

    static List<List<String>> chains(JobGraph graph) {
        return graph.vertices().stream()
                .filter(vertex -> vertex.kind() != Vertex.Kind.ENUMERATOR)
                .map(vertex ->
                        vertex.chain().stream().map(ChainedOperator::name).toList())
                .toList();
    }

    /** Edges as {@code from[fromOperator] PARTITIONING to}, with vertex ids. */
    static List<String> edges(JobGraph graph) {
        return graph.edges().stream()
                .map(edge -> graph.vertices().get(edge.from()).id() + "[" + edge.fromOperator() + "] "
                        + edge.partitioning()
                        + (edge.sideOutput() == null
                                ? ""
                                : " " + edge.sideOutput().name()) + " "
                        + graph.vertices().get(edge.to()).id())
                .toList();
    }

    static String lines(String... lines) {
        return String.join("\n", Arrays.asList(lines));
    }
}
