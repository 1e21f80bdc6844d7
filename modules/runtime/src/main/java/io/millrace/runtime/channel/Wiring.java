// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.plan.Edge;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who is at the other ends of a subtask's channels. Both ends number their channels by edge, then by peer, so that
 * either can work out the other's number. An edge has channels between the subtasks that may send to each other, and no
 * others: barriers, watermarks and ends go over the same channels as the records, so a receiver waits for its own
 * senders alone. Immutable.
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
            PeerRange senders = PeerRange.senders(graph, edge, index);
            for (int i = senders.first(); i < senders.end(); i++) {
                int place = index - PeerRange.receivers(graph, edge, i).first();
                inbound.add(new Peer(idOf(sender, i), firstOutbound(graph, edge, i) + place));
            }
        }
        List<Peer> outbound = new ArrayList<>();
        for (Edge edge : graph.outputsOf(vertex.index())) {
            Vertex receiver = graph.vertices().get(edge.to());
            PeerRange receivers = PeerRange.receivers(graph, edge, index);
            for (int i = receivers.first(); i < receivers.end(); i++) {
                int place = index - PeerRange.senders(graph, edge, i).first();
                outbound.add(new Peer(idOf(receiver, i), firstInbound(graph, edge, i) + place));
            }
        }
        return new Wiring(inbound, outbound);
    }

    /** The edge of each inbound channel of a subtask. */
    public static List<Edge> edgesOfInbound(JobGraph graph, Vertex vertex, int index) {
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : graph.inputsOf(vertex.index())) {
            edges.addAll(
                    Collections.nCopies(PeerRange.senders(graph, edge, index).size(), edge));
        }
        return edges;
    }

    private static int firstOutbound(JobGraph graph, Edge wanted, int sender) {
        int first = 0;
        for (Edge edge : graph.outputsOf(wanted.from())) {
            if (edge.index() == wanted.index()) {
                return first;
            }
            first += PeerRange.receivers(graph, edge, sender).size();
        }
        throw new IllegalArgumentException("Not an edge of the graph: " + wanted);
    }

    private static int firstInbound(JobGraph graph, Edge wanted, int receiver) {
        int first = 0;
        for (Edge edge : graph.inputsOf(wanted.to())) {
            if (edge.index() == wanted.index()) {
                return first;
            }
            first += PeerRange.senders(graph, edge, receiver).size();
        }
        throw new IllegalArgumentException("Not an edge of the graph: " + wanted);
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
