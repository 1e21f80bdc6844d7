// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.plan.Edge;
import io.millrace.plan.JobGraph;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.serialization.Codecs;
import io.millrace.specialisation.SpecialisedClasses;
import io.millrace.specialisation.Specialiser;
import java.lang.invoke.MethodHandles;

/** Makes the outputs of a subtask's edges. */
final class Edges {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final SpecialisedClasses classes;
    private final Codecs codecs;
    private final JobGraph graph;
    private final EdgeOrigin origin;
    private final int batchSize;

    Edges(SpecialisedClasses classes, Codecs codecs, JobGraph graph, EdgeOrigin origin, int batchSize) {
        this.classes = classes;
        this.codecs = codecs;
        this.graph = graph;
        this.origin = origin;
        this.batchSize = batchSize;
    }

    EdgeOutput create(Edge edge, OutboundChannel[] channels) {
        return switch (edge.partitioning()) {
            case FORWARD, GLOBAL -> specialised(SingleEdge.class, edge, channels, batchSize);
            case REBALANCE -> roundRobin(edge, channels, origin.subtaskIndex());
            case RESCALE -> roundRobin(edge, channels, 0);
            case SHUFFLE ->
                channels.length == 1
                        ? specialised(SingleEdge.class, edge, channels, batchSize)
                        : specialised(ShuffleEdge.class, edge, channels, batchSize, origin.seedOf(edge.index()));
            case CUSTOM ->
                specialised(
                        CustomEdge.class,
                        edge,
                        channels,
                        batchSize,
                        edge.keySelector(),
                        edge.partitioner(),
                        new CustomTarget(readerOf(edge)));
            case BROADCAST -> specialised(BroadcastEdge.class, edge, channels, batchSize);
            case ASSIGNED -> new AssignedEdge(edge, channels, batchSize);
            case HASH ->
                specialised(
                        HashEdge.class,
                        edge,
                        channels,
                        batchSize,
                        edge.keySelector(),
                        codecs.forKey(edge.keyType()),
                        new KeyGroupOwners(graph.maxParallelism(), channels.length, readerOf(edge)));
        };
    }

    private String readerOf(Edge edge) {
        return graph.vertices().get(edge.to()).chain().get(0).name();
    }

    private EdgeOutput roundRobin(Edge edge, OutboundChannel[] channels, int start) {
        return channels.length == 1
                ? specialised(SingleEdge.class, edge, channels, batchSize)
                : specialised(RoundRobinEdge.class, edge, channels, batchSize, start);
    }

    private EdgeOutput specialised(Class<? extends EdgeOutput> type, Edge edge, Object... others) {
        Specialiser specialiser = classes.at("edge " + edge.index());
        Object[] arguments = new Object[others.length + 1];
        arguments[0] = edge;
        System.arraycopy(others, 0, arguments, 1, others.length);
        return specialiser.create(LOOKUP, EdgeOutput.class, type, arguments);
    }
}
