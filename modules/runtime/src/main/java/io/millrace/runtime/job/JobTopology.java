// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.checkpoint.coordination.AckResult;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.JobShape;
import io.millrace.checkpoint.manifest.VertexState;
import io.millrace.plan.ChainedOperator;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.protocol.JobSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a coordinator has to know of a job graph: no functions, no operators.
 *
 * @param shape vertices and operators, for restoring
 * @param subtasks all subtasks, by vertex in topological order, then by index
 * @param roots the subtasks that barriers start at; always in the same order, as commands are sent in it
 * @param blockingVertices ids of the vertices whose user code blocks
 * @param statefulOperators ids of the operators that put state into checkpoints, by vertex id
 * @param firstSlots the first of the slots of each vertex' slot sharing group, by vertex id: groups stand one behind the
 *     other
 * @param fingerprint what every definition must agree on
 */
public record JobTopology(
        JobShape shape,
        List<SubtaskId> subtasks,
        Set<SubtaskId> roots,
        Set<String> blockingVertices,
        Map<String, List<String>> statefulOperators,
        Map<String, Integer> firstSlots,
        Map<String, String> fingerprint) {
    public static JobTopology of(JobGraph graph) {
        List<SubtaskId> subtasks = new ArrayList<>();
        List<SubtaskId> roots = new ArrayList<>();
        List<String> blocking = new ArrayList<>();
        Map<String, List<String>> stateful = new HashMap<>();
        for (Vertex vertex : graph.vertices()) {
            for (int i = 0; i < vertex.parallelism(); i++) {
                subtasks.add(new SubtaskId(vertex.id(), i));
            }
            if (vertex.kind() == Vertex.Kind.ENUMERATOR) {
                roots.add(new SubtaskId(vertex.id(), 0));
            }
            stateful.put(vertex.id(), statefulOf(vertex));
            if (vertex.blocking()) {
                blocking.add(vertex.id());
            }
        }
        return new JobTopology(
                JobShape.of(graph),
                List.copyOf(subtasks),
                Collections.unmodifiableSet(new LinkedHashSet<>(roots)),
                Set.copyOf(blocking),
                Map.copyOf(stateful),
                firstSlotsOf(graph),
                graph.fingerprint().parts());
    }

    private static Map<String, Integer> firstSlotsOf(JobGraph graph) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        graph.vertices().forEach(vertex -> sizes.merge(vertex.slotSharingGroup(), vertex.parallelism(), Math::max));
        Map<String, Integer> firstOfGroup = new HashMap<>();
        int next = 0;
        for (Map.Entry<String, Integer> group : sizes.entrySet()) {
            firstOfGroup.put(group.getKey(), next);
            next += group.getValue();
        }
        Map<String, Integer> firstSlots = new HashMap<>();
        graph.vertices().forEach(vertex -> firstSlots.put(vertex.id(), firstOfGroup.get(vertex.slotSharingGroup())));
        return Map.copyOf(firstSlots);
    }

    private static List<String> statefulOf(Vertex vertex) {
        return vertex.chain().stream()
                .filter(operator -> operator.spec().stateful() || operator.spec() instanceof OperatorSpec.SourceSpec)
                .map(ChainedOperator::id)
                .toList();
    }

    /** The manifest of a checkpoint that all subtasks have acknowledged. */
    JobManifest manifestOf(JobSpec job, long epoch, AckResult.AllAcknowledged all, long wallMs) {
        List<VertexState> vertices = shape.vertices().stream()
                .map(vertex -> new VertexState(
                        vertex.id(),
                        vertex.parallelism(),
                        statefulOperators.get(vertex.id()),
                        IntStream.range(0, vertex.parallelism())
                                .mapToObj(index -> all.manifests().get(new SubtaskId(vertex.id(), index)))
                                .toList()))
                .toList();
        return new JobManifest(
                JobManifest.FORMAT_VERSION,
                job.jobId(),
                job.jobName(),
                all.checkpoint().id(),
                epoch,
                all.checkpoint().kind(),
                wallMs,
                shape.maxParallelism(),
                fingerprint,
                vertices);
    }
}
