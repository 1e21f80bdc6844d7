// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.stream.OutputTag;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.serialization.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** All edges out of a subtask. Confined to it. */
public final class Outputs {
    private final List<EdgeOutput> edges = new ArrayList<>();
    private final List<OutboundChannel> channels = new ArrayList<>();
    private final OutboundChannel.Overdrawn overdrawn = new OutboundChannel.Overdrawn();

    /**
     * @param sender carries what has credit
     */
    public Outputs(
            JobGraph graph,
            Vertex vertex,
            int subtaskIndex,
            Codecs codecs,
            ChannelSettings settings,
            OutboundChannel.Sender sender) {
        for (Edge edge : graph.outputsOf(vertex.index())) {
            int receivers = edge.partitioning() == EdgePartitioning.FORWARD
                    ? 1
                    : graph.vertices().get(edge.to()).parallelism();
            OutboundChannel[] own = new OutboundChannel[receivers];
            for (int i = 0; i < receivers; i++) {
                own[i] = new OutboundChannel(channels.size(), settings.maxOverdraftBatches(), overdrawn, sender);
                channels.add(own[i]);
            }
            edges.add(new EdgeOutput(
                    edge,
                    own,
                    EdgeOutput.routerOf(edge, receivers, subtaskIndex, graph.maxParallelism(), codecs),
                    settings.batchSize()));
        }
    }

    /** The edges that carry the main output of an operator of the chain. */
    public EdgeOutput[] mainEdges(int operator) {
        return edges.stream()
                .filter(out ->
                        out.edge().fromOperator() == operator && out.edge().sideOutput() == null)
                .toArray(EdgeOutput[]::new);
    }

    /** The edges that carry a side output of an operator of the chain. */
    public EdgeOutput[] sideEdges(int operator, OutputTag<?> tag) {
        return edges.stream()
                .filter(out -> out.edge().fromOperator() == operator
                        && Objects.equals(out.edge().sideOutput(), tag))
                .toArray(EdgeOutput[]::new);
    }

    /** True when some channel has used up its credit and more: who emits on their own account stops. */
    public boolean isFull() {
        return overdrawn.any();
    }

    public void grant(int channel, int elements) {
        channels.get(channel).grant(elements);
    }

    public void flush() {
        for (int i = 0; i < edges.size(); i++) {
            edges.get(i).flush();
        }
    }

    public void sendWatermark(long watermark) {
        edges.forEach(edge -> edge.sendWatermark(watermark));
    }

    public void broadcast(ChannelElement element) {
        edges.forEach(edge -> edge.broadcast(element));
    }
}
