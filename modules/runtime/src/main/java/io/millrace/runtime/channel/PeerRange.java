// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.plan.Edge;
import io.millrace.plan.JobGraph;

/**
 * The subtasks at the other side of an edge that a subtask has channels to: all of them, or those that stand at the same
 * place when both sides are spread over one line. The latter is symmetric, leaves nobody out, and is one to one between
 * equal sides. Immutable.
 *
 * @param first index of the first
 * @param end index after the last
 */
record PeerRange(int first, int end) {
    static PeerRange receivers(JobGraph graph, Edge edge, int sender) {
        return of(edge, parallelism(graph, edge.from()), parallelism(graph, edge.to()), sender);
    }

    static PeerRange senders(JobGraph graph, Edge edge, int receiver) {
        return of(edge, parallelism(graph, edge.to()), parallelism(graph, edge.from()), receiver);
    }

    private static int parallelism(JobGraph graph, int vertex) {
        return graph.vertices().get(vertex).parallelism();
    }

    private static PeerRange of(Edge edge, int own, int others, int index) {
        if (!edge.partitioning().isPointwise()) {
            return new PeerRange(0, others);
        }
        if (own > others) {
            int shared = index * others / own;
            return new PeerRange(shared, shared + 1);
        }
        return new PeerRange(ceiling(index * others, own), ceiling((index + 1) * others, own));
    }

    private static int ceiling(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    int size() {
        return end - first;
    }
}
