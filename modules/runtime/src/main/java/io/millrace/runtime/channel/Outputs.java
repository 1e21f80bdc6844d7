// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.stream.OutputTag;
import io.millrace.plan.Edge;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.serialization.Codecs;
import io.millrace.specialisation.SpecialisedClasses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All edges out of a subtask. Confined to it. */
public final class Outputs {
    private final List<EdgeOutput> edges = new ArrayList<>();
    /** Those of the edges that carry watermarks. */
    private final List<EdgeOutput> timed = new ArrayList<>();
    /** Those that lead back to the head of the loop that the subtask is in. */
    private final List<EdgeOutput> inLoop = new ArrayList<>();

    private final List<OutboundChannel> channels = new ArrayList<>();
    private final OutboundChannel.Overdrawn overdrawn = new OutboundChannel.Overdrawn();

    /**
     * @param origin the subtask, one of the vertex
     * @param sender carries what has credit
     * @param classes of the vertex
     */
    public Outputs(
            JobGraph graph,
            Vertex vertex,
            EdgeOrigin origin,
            Codecs codecs,
            ChannelSettings settings,
            OutboundChannel.Sender sender,
            SpecialisedClasses classes) {
        Edges making = new Edges(classes, codecs, graph, origin, settings.batchSize());
        for (Edge edge : graph.outputsOf(vertex.index())) {
            int receivers =
                    PeerRange.receivers(graph, edge, origin.subtaskIndex()).size();
            OutboundChannel[] own = new OutboundChannel[receivers];
            for (int i = 0; i < receivers; i++) {
                own[i] = new OutboundChannel(channels.size(), settings.maxOverdraftBatches(), overdrawn, sender);
                channels.add(own[i]);
            }
            add(making.create(edge, own), graph);
        }
    }

    private void add(EdgeOutput output, JobGraph graph) {
        edges.add(output);
        if (!graph.isFeedback(output.edge())) {
            timed.add(output);
        }
        if (graph.isInLoop(output.edge())) {
            inLoop.add(output);
        }
    }

    /** The edges that carry the main output of an operator of the chain. */
    public EdgeOutput[] mainEdges(int operator) {
        return edges.stream()
                .filter(out ->
                        out.edge().fromOperator() == operator && out.edge().sideOutput() == null)
                .toArray(EdgeOutput[]::new);
    }

    /**
     * The edges that carry a side output of an operator of the chain.
     *
     * @throws IllegalArgumentException when somebody reads a side output of that name as another type
     */
    public EdgeOutput[] sideEdges(int operator, OutputTag<?> tag) {
        return edges.stream()
                .filter(out -> out.edge().fromOperator() == operator
                        && carries(out.edge().sideOutput(), tag))
                .toArray(EdgeOutput[]::new);
    }

    private static boolean carries(@Nullable OutputTag<?> read, OutputTag<?> emitted) {
        if (read == null || !read.name().equals(emitted.name())) {
            return false;
        }
        if (!read.type().equals(emitted.type())) {
            throw new IllegalArgumentException("The side output '" + emitted.name() + "' is emitted as "
                    + emitted.type() + " and read as " + read.type() + ". Use one OutputTag for both.");
        }
        return true;
    }

    /** True when some channel has used up its credit and more: who emits on their own account stops. */
    public boolean isFull() {
        return overdrawn.any();
    }

    /** True when no record may be handled: some channel is overdrawn, or an operator has paused the input. */
    public boolean stopsInput() {
        return overdrawn.orPaused();
    }

    public void pauseInput() {
        overdrawn.pause();
    }

    public void resumeInput() {
        overdrawn.resume();
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
        for (int i = 0; i < timed.size(); i++) {
            timed.get(i).sendWatermark(watermark);
        }
    }

    /** Whether receivers are not to wait for this subtask's watermark. */
    public void sendIdleness(boolean idle) {
        timed.forEach(edge -> edge.sendIdleness(idle));
    }

    /** Has the receivers told it once more, for they have been restored. */
    public void tellIdlenessAnew() {
        timed.forEach(EdgeOutput::tellIdlenessAnew);
    }

    public void broadcast(ChannelElement element) {
        edges.forEach(edge -> edge.broadcast(element));
    }

    /** Sends an element along all edges of the loop that the subtask is in. */
    public void broadcastInLoop(ChannelElement element) {
        inLoop.forEach(edge -> edge.broadcast(element));
    }
}
