// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.Transformation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns what a job's definition built into a job graph: checks it, gives every operator its stable id, removes unions,
 * chains operators and puts a split enumerator in front of each source.
 *
 * <p>Two definitions of one job give graphs that differ in their function objects alone: the order of vertices and
 * edges follows from the definition, never from identity or hashing. Stateless; any thread may plan.
 */
public final class Planner {
    private final ResolvedPlan plan;
    private final OperatorIds ids;
    private final Chains chains;
    private final List<Vertex> vertices = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Integer> vertexOfChain = new ArrayList<>();

    private Planner(ResolvedPlan plan, OperatorIds ids) {
        this.plan = plan;
        this.ids = ids;
        this.chains = new Chains(plan);
    }

    /**
     * Plans a job.
     *
     * @param plan what the job's {@code define} built
     * @param jobClass the job's class, whose bytes are part of the fingerprint
     * @throws JobDefinitionException when the job cannot run; its message has a line for each reason
     */
    public static JobGraph plan(LogicalPlan plan, Class<? extends StreamJob> jobClass) {
        ResolvedPlan resolved = new ResolvedPlan(plan);
        PlanProblems problems = new PlanProblems();
        PlanChecks.check(resolved, problems);
        OperatorIds ids = OperatorIds.assign(resolved, problems);
        problems.throwIfAny();
        return new Planner(resolved, ids).graph(jobClass);
    }

    private JobGraph graph(Class<? extends StreamJob> jobClass) {
        chains.all().forEach(this::addVertices);
        for (List<Transformation> chain : chains.all()) {
            addInputs(chain.get(0));
        }
        LogicalPlan logical = plan.logical();
        Map<Integer, Class<?>> types = Collections.unmodifiableMap(new TreeMap<>(logical.registeredTypes()));
        List<Vertex> allVertices = List.copyOf(vertices);
        List<Edge> allEdges = List.copyOf(edges);
        Fingerprint fingerprint =
                new FingerprintParts(allVertices, allEdges, logical.maxParallelism(), types, jobClass).fingerprint();
        return new JobGraph(allVertices, allEdges, logical.maxParallelism(), types, fingerprint);
    }

    private void addVertices(List<Transformation> chain) {
        Transformation first = chain.get(0);
        List<ChainedOperator> operators = chain.stream()
                .map(operator -> new ChainedOperator(ids.of(operator), operator.name(), operator.spec()))
                .toList();
        boolean isSource = first.spec() instanceof OperatorSpec.SourceSpec;
        String id = ids.of(first);
        if (isSource) {
            vertices.add(new Vertex(
                    vertices.size(),
                    id + OperatorIds.ENUMERATOR_SUFFIX,
                    first.name() + " (splits)",
                    Vertex.Kind.ENUMERATOR,
                    1,
                    first.blocking(),
                    operators.subList(0, 1)));
        }
        String name = String.join(
                " -> ", operators.stream().map(ChainedOperator::name).toList());
        vertexOfChain.add(vertices.size());
        vertices.add(new Vertex(
                vertices.size(),
                id,
                name,
                isSource ? Vertex.Kind.SOURCE : Vertex.Kind.OPERATOR,
                plan.parallelismOf(first),
                chain.stream().anyMatch(Transformation::blocking),
                operators));
    }

    private void addInputs(Transformation head) {
        int to = vertexOf(head);
        if (head.spec() instanceof OperatorSpec.SourceSpec) {
            // The enumerator stands right before its source.
            edges.add(new Edge(edges.size(), to - 1, to, 0, null, EdgePartitioning.ASSIGNED, null, null, null, 0));
        }
        for (ResolvedInput input : plan.inputsOf(head)) {
            Partitioning.Hash hash = input.partitioning() instanceof Partitioning.Hash keyed ? keyed : null;
            edges.add(new Edge(
                    edges.size(),
                    vertexOf(input.producer()),
                    to,
                    chains.placeOf(input.producer()).position(),
                    input.sideOutput(),
                    partitioningOf(input),
                    hash == null ? null : hash.selector(),
                    hash == null ? null : hash.keyType(),
                    input.recordType(),
                    input.ordinal()));
        }
    }

    private int vertexOf(Transformation operator) {
        return vertexOfChain.get(chains.placeOf(operator).chain());
    }

    private EdgePartitioning partitioningOf(ResolvedInput input) {
        if (input.isHash()) {
            return EdgePartitioning.HASH;
        }
        if (input.partitioning() instanceof Partitioning.Broadcast) {
            return EdgePartitioning.BROADCAST;
        }
        boolean sameSize = plan.parallelismOf(input.producer()) == plan.parallelismOf(input.consumer());
        return input.isForward() && sameSize ? EdgePartitioning.FORWARD : EdgePartitioning.REBALANCE;
    }
}
