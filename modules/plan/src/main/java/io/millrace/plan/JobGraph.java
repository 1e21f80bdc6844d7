// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.util.List;
import java.util.Map;

/**
 * Vertices and edges after chaining. Holds the user's functions of one definition, so it belongs to one subtask.
 *
 * @param vertices in topological order; a vertex's index is its position
 * @param edges an edge's index is its position
 * @param maxParallelism number of key groups
 * @param registeredTypes classes that the job registered, by id
 * @param fingerprint what every definition of the job must agree on
 */
public record JobGraph(
        List<Vertex> vertices,
        List<Edge> edges,
        int maxParallelism,
        Map<Integer, Class<?>> registeredTypes,
        Fingerprint fingerprint) {
    /** Edges into a vertex, in order of their index: the order of its input channels. */
    public List<Edge> inputsOf(int vertex) {
        return edges.stream().filter(edge -> edge.to() == vertex).toList();
    }

    /** Edges out of a vertex, in order of their index: the order of its output channels. */
    public List<Edge> outputsOf(int vertex) {
        return edges.stream().filter(edge -> edge.from() == vertex).toList();
    }
}
