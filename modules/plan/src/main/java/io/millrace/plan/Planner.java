// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.Transformation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
     * Plans a job without a look at its declared types.
     *
     * @param plan what the job's {@code define} built
     * @param jobClass the job's class, whose bytes are part of the fingerprint
     * @throws JobDefinitionException when the job cannot run; its message has a line for each reason
     */
    public static JobGraph plan(LogicalPlan plan, Class<? extends StreamJob> jobClass) {
        return plan(plan, jobClass, TypeChecks.NONE);
    }

    /**
     * Plans a job.
     *
     * @param plan what the job's {@code define} built
     * @param jobClass the job's class, whose bytes are part of the fingerprint
     * @param types knows which declared types can be written
     * @throws JobDefinitionException when the job cannot run; its message has a line for each reason
     */
    public static JobGraph plan(LogicalPlan plan, Class<? extends StreamJob> jobClass, TypeChecks types) {
        ResolvedPlan resolved = new ResolvedPlan(plan);
        PlanProblems problems = new PlanProblems();
        PlanChecks.check(resolved, problems);
        LoopChecks.check(resolved, problems);
        TimeChecks.check(resolved, problems);
        DeclaredTypes.check(resolved, types, problems);
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
                    plan.slotSharingGroupOf(first),
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
                plan.slotSharingGroupOf(first),
                operators));
    }

    private void addInputs(Transformation head) {
        int to = vertexOf(head);
        if (head.spec() instanceof OperatorSpec.SourceSpec) {
            // The enumerator stands right before its source.
            edges.add(
                    new Edge(edges.size(), to - 1, to, 0, null, EdgePartitioning.ASSIGNED, null, null, null, 0, null));
        }
        for (ResolvedInput input : plan.inputsOf(head)) {
            Partitioning.Hash hash = input.partitioning() instanceof Partitioning.Hash keyed ? keyed : null;
            Partitioning.Custom custom = input.partitioning() instanceof Partitioning.Custom own ? own : null;
            edges.add(new Edge(
                    edges.size(),
                    vertexOf(input.producer()),
                    to,
                    chains.placeOf(input.producer()).position(),
                    input.sideOutput(),
                    partitioningOf(input),
                    selectorOf(input.partitioning()),
                    hash == null ? null : hash.keyType(),
                    input.recordType(),
                    input.ordinal(),
                    custom == null ? null : custom.partitioner()));
        }
    }

    private int vertexOf(Transformation operator) {
        return vertexOfChain.get(chains.placeOf(operator).chain());
    }

    private static @Nullable KeySelector<?, ?> selectorOf(Partitioning partitioning) {
        if (partitioning instanceof Partitioning.Hash hash) {
            return hash.selector();
        }
        return partitioning instanceof Partitioning.Custom custom ? custom.selector() : null;
    }

    private EdgePartitioning partitioningOf(ResolvedInput input) {
        Partitioning asked = input.partitioning();
        if (asked instanceof Partitioning.Forward) {
            boolean sameSize = plan.parallelismOf(input.producer()) == plan.parallelismOf(input.consumer());
            return sameSize ? EdgePartitioning.FORWARD : EdgePartitioning.REBALANCE;
        }
        if (asked instanceof Partitioning.Hash) {
            return EdgePartitioning.HASH;
        }
        if (asked instanceof Partitioning.Broadcast) {
            return EdgePartitioning.BROADCAST;
        }
        if (asked instanceof Partitioning.Rescale) {
            return EdgePartitioning.RESCALE;
        }
        if (asked instanceof Partitioning.Shuffle) {
            return EdgePartitioning.SHUFFLE;
        }
        if (asked instanceof Partitioning.Global) {
            return EdgePartitioning.GLOBAL;
        }
        return asked instanceof Partitioning.Custom ? EdgePartitioning.CUSTOM : EdgePartitioning.REBALANCE;
    }
}
