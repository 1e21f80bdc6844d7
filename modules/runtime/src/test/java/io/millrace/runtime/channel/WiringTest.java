// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.stream.DataStream;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Planner;
import io.millrace.plan.Vertex;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WiringTest {
    /** Planned with other parallelisms by each test. */
    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            int first = (int) env.args().getLong("first", 1);
            int second = (int) env.args().getLong("second", 1);
            DataStream<String> one = env.fromElements("a").setParallelism(first).uid("one");
            DataStream<String> two =
                    env.fromElements("b").setParallelism(second).uid("two");
            DataStream<String> keyed = one.union(two)
                    .keyBy(text -> text, String.class)
                    .reduce((left, right) -> left)
                    .setParallelism(second)
                    .uid("keyed");
            keyed.broadcast()
                    .map(text -> text)
                    .setParallelism(first)
                    .disableChaining()
                    .sinkTo(new DiscardSink<>("wiring"))
                    .uid("sink");
            // Edges with few channels beside edges with many, at both ends.
            DataStream<String> spread = one.rescale()
                    .union(two.global(), two.rescale())
                    .map(text -> text)
                    .setParallelism(second)
                    .uid("spread");
            spread.shuffle()
                    .sinkTo(new DiscardSink<>("wiring"))
                    .setParallelism(first)
                    .uid("shuffled");
            spread.rescale()
                    .sinkTo(new DiscardSink<>("wiring"))
                    .setParallelism(first)
                    .uid("rescaled");
            keyed.map(text -> text)
                    .setParallelism(second)
                    .disableChaining()
                    .sinkTo(new DiscardSink<>("wiring"))
                    .uid("other");
        }
    }

    private static JobGraph graph(int first, int second) {
        StreamEnvironment env = new StreamEnvironment(new DefinitionContext(
                JobArguments.of("--first", "" + first, "--second", "" + second),
                Instant.EPOCH,
                1,
                64,
                new HashMap<>(),
                true));
        new Job().define(env);
        return Planner.plan(env.logicalPlan(), Job.class);
    }

    @Property(tries = 20)
    void bothEndsAgree(@ForAll @IntRange(min = 1, max = 4) int first, @ForAll @IntRange(min = 1, max = 4) int second) {
        JobGraph graph = graph(first, second);
        for (Vertex vertex : graph.vertices()) {
            for (int i = 0; i < vertex.parallelism(); i++) {
                Wiring own = Wiring.of(graph, vertex, i);
                for (int channel = 0; channel < own.outboundCount(); channel++) {
                    Wiring.Peer receiver = own.outbound(channel);
                    Wiring.Peer back = wiringOf(graph, receiver).inbound(receiver.channelThere());
                    assertThat(back.subtask().vertexId()).isEqualTo(vertex.id());
                    assertThat(back.subtask().index()).isEqualTo(i);
                    assertThat(back.channelThere()).isEqualTo(channel);
                }
                List<Edge> edges = Wiring.edgesOfInbound(graph, vertex, i);
                assertThat(edges).hasSize(own.inboundCount());
                for (int channel = 0; channel < own.inboundCount(); channel++) {
                    Wiring.Peer sender = own.inbound(channel);
                    assertThat(graph.vertices().get(edges.get(channel).from()).id())
                            .isEqualTo(sender.subtask().vertexId());
                    Wiring.Peer back = wiringOf(graph, sender).outbound(sender.channelThere());
                    assertThat(back.subtask().vertexId()).isEqualTo(vertex.id());
                    assertThat(back.subtask().index()).isEqualTo(i);
                    assertThat(back.channelThere()).isEqualTo(channel);
                }
            }
        }
    }

    @Property
    void pointwiseEdgesLeaveNobodyOutAndStandSideBySide(
            @ForAll @IntRange(min = 1, max = 40) int first, @ForAll @IntRange(min = 1, max = 40) int second) {
        JobGraph graph = graph(first, second);
        Edge rescaled = graph.edges().stream()
                .filter(edge -> edge.partitioning() == EdgePartitioning.RESCALE
                        && graph.vertices().get(edge.to()).id().equals("rescaled"))
                .findFirst()
                .orElseThrow();
        int senders = second;
        int receivers = first;
        int last = 0;
        for (int sender = 0; sender < senders; sender++) {
            PeerRange own = PeerRange.receivers(graph, rescaled, sender);
            int floor = receivers / senders;
            assertThat(own.size()).isBetween(Math.max(1, floor), Math.max(1, floor) + (floor > 0 ? 1 : 0));
            assertThat(own.first()).isIn(last, Math.max(0, last - 1));
            last = own.end();
            for (int receiver = own.first(); receiver < own.end(); receiver++) {
                PeerRange back = PeerRange.senders(graph, rescaled, receiver);
                assertThat(sender).isGreaterThanOrEqualTo(back.first()).isLessThan(back.end());
            }
        }
        assertThat(last).isEqualTo(receivers);
    }

    private static Wiring wiringOf(JobGraph graph, Wiring.Peer peer) {
        Vertex vertex = graph.vertices().stream()
                .filter(candidate -> candidate.id().equals(peer.subtask().vertexId()))
                .findFirst()
                .orElseThrow();
        return Wiring.of(graph, vertex, peer.subtask().index());
    }

    @Test
    void forwardEdgesHaveOneChannelAndOthersOneForEachReceiver() {
        JobGraph graph = graph(2, 3);
        Vertex keyed = graph.vertices().stream()
                .filter(vertex -> vertex.id().equals("keyed"))
                .findFirst()
                .orElseThrow();
        int forward = 1;
        int broadcast = 2;
        assertThat(Wiring.of(graph, keyed, 0).outboundCount()).isEqualTo(forward + broadcast);
        assertThat(Wiring.of(graph, keyed, 0).inboundCount())
                .as("of both sources")
                .isEqualTo(2 + 3);
        assertThat(graph.outputsOf(keyed.index())).extracting(Edge::from).containsOnly(keyed.index());
    }
}
