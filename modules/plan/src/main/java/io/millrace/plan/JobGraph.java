// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.OperatorSpec;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Vertices and edges after chaining. Holds the user's functions of one definition, so it belongs to one subtask.
 *
 * @param vertices in topological order but for feedback edges; a vertex's index is its position
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

    /** True for an edge that brings records back to the head of a loop. Without these the graph has no cycles. */
    public boolean isFeedback(Edge edge) {
        return edge.input() == OperatorSpec.IterationSpec.FEEDBACK && isLoopHead(edge.to());
    }

    /** True for a vertex that begins with the head of a loop. */
    public boolean isLoopHead(int vertex) {
        return vertices.get(vertex).chain().get(0).spec() instanceof OperatorSpec.IterationSpec;
    }

    /** True for an edge on a way from the head of a loop back to it. */
    public boolean isInLoop(Edge edge) {
        Deque<Integer> ahead = new ArrayDeque<>(List.of(edge.to()));
        BitSet reached = new BitSet();
        while (!ahead.isEmpty()) {
            int vertex = ahead.remove();
            if (vertex == edge.from()) {
                return true;
            }
            if (!reached.get(vertex)) {
                reached.set(vertex);
                outputsOf(vertex).forEach(output -> ahead.add(output.to()));
            }
        }
        return false;
    }

    /** True for a vertex on a way from the head of a loop back to it. */
    public boolean isInLoop(int vertex) {
        return outputsOf(vertex).stream().anyMatch(this::isInLoop);
    }
}
