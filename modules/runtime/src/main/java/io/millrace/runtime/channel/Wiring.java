// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is at the other ends of a subtask's channels. Both ends number their channels by edge, then by peer, so that
 * either can work out the other's number. Immutable.
 */
public final class Wiring {
    /**
     * The other end of a channel.
     *
     * @param subtask the peer
     * @param channelThere the peer's number of the channel
     */
    public record Peer(SubtaskId subtask, int channelThere) {}

    private final List<Peer> inbound;
    private final List<Peer> outbound;

    private Wiring(List<Peer> inbound, List<Peer> outbound) {
        this.inbound = List.copyOf(inbound);
        this.outbound = List.copyOf(outbound);
    }

    /** The wiring of one subtask. */
    public static Wiring of(JobGraph graph, Vertex vertex, int index) {
        List<Peer> inbound = new ArrayList<>();
        for (Edge edge : graph.inputsOf(vertex.index())) {
            Vertex sender = graph.vertices().get(edge.from());
            if (isOneToOne(edge)) {
                inbound.add(new Peer(idOf(sender, index), firstOutbound(graph, edge)));
                continue;
            }
            for (int i = 0; i < sender.parallelism(); i++) {
                inbound.add(new Peer(idOf(sender, i), firstOutbound(graph, edge) + index));
            }
        }
        List<Peer> outbound = new ArrayList<>();
        for (Edge edge : graph.outputsOf(vertex.index())) {
            Vertex receiver = graph.vertices().get(edge.to());
            if (isOneToOne(edge)) {
                outbound.add(new Peer(idOf(receiver, index), firstInbound(graph, edge)));
                continue;
            }
            for (int i = 0; i < receiver.parallelism(); i++) {
                outbound.add(new Peer(idOf(receiver, i), firstInbound(graph, edge) + index));
            }
        }
        return new Wiring(inbound, outbound);
    }

    /** The selectors' edge of each inbound channel. */
    public static List<Edge> edgesOfInbound(JobGraph graph, Vertex vertex) {
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : graph.inputsOf(vertex.index())) {
            int channels =
                    isOneToOne(edge) ? 1 : graph.vertices().get(edge.from()).parallelism();
            for (int i = 0; i < channels; i++) {
                edges.add(edge);
            }
        }
        return edges;
    }

    private static int firstOutbound(JobGraph graph, Edge wanted) {
        int first = 0;
        for (Edge edge : graph.outputsOf(wanted.from())) {
            if (edge.index() == wanted.index()) {
                return first;
            }
            first += isOneToOne(edge) ? 1 : graph.vertices().get(edge.to()).parallelism();
        }
        throw new IllegalArgumentException("Not an edge of the graph: " + wanted);
    }

    private static int firstInbound(JobGraph graph, Edge wanted) {
        int first = 0;
        for (Edge edge : graph.inputsOf(wanted.to())) {
            if (edge.index() == wanted.index()) {
                return first;
            }
            first += isOneToOne(edge) ? 1 : graph.vertices().get(edge.from()).parallelism();
        }
        throw new IllegalArgumentException("Not an edge of the graph: " + wanted);
    }

    private static boolean isOneToOne(Edge edge) {
        return edge.partitioning() == EdgePartitioning.FORWARD;
    }

    private static SubtaskId idOf(Vertex vertex, int index) {
        return new SubtaskId(vertex.id(), index);
    }

    public Peer inbound(int channel) {
        return inbound.get(channel);
    }

    public Peer outbound(int channel) {
        return outbound.get(channel);
    }

    public int inboundCount() {
        return inbound.size();
    }

    public int outboundCount() {
        return outbound.size();
    }
}
