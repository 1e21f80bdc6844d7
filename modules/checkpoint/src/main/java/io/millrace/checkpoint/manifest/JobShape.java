// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import io.millrace.plan.ChainedOperator;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import java.util.List;

/**
 * What restoring has to know about a job graph.
 *
 * @param maxParallelism number of key groups
 * @param vertices the vertices
 */
public record JobShape(int maxParallelism, List<VertexShape> vertices) {
    public JobShape {
        vertices = List.copyOf(vertices);
    }

    /** The shape of a job graph. */
    public static JobShape of(JobGraph graph) {
        return new JobShape(
                graph.maxParallelism(),
                graph.vertices().stream().map(JobShape::shapeOf).toList());
    }

    private static VertexShape shapeOf(Vertex vertex) {
        return new VertexShape(
                vertex.id(),
                vertex.parallelism(),
                vertex.chain().stream().map(ChainedOperator::id).toList());
    }

    /**
     * One vertex.
     *
     * @param id its stable id
     * @param parallelism its number of subtasks
     * @param operatorIds its operators, with state or without
     */
    public record VertexShape(String id, int parallelism, List<String> operatorIds) {
        public VertexShape {
            operatorIds = List.copyOf(operatorIds);
        }
    }
}
