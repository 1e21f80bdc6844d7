// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Records are numbered, so that each channel's stream can be held against what was emitted into the edge. */
class EdgeOutputTest {
    private static final int CHANNELS = 3;
    private static final int BATCH_SIZE = 4;

    private enum Verb {
        EMIT,
        WATERMARK,
        IDLE,
        ACTIVE,
        ANEW,
        FLUSH,
        BARRIER,
        GRANT
    }

    record Step(Verb verb, int channel) {}

    /** What a channel carries, one by one. */
    private record Seen(char kind, long number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(10, Verb.EMIT),
                                Tuple.of(3, Verb.WATERMARK),
                                Tuple.of(1, Verb.IDLE),
                                Tuple.of(1, Verb.ACTIVE),
                                Tuple.of(1, Verb.ANEW),
                                Tuple.of(2, Verb.FLUSH),
                                Tuple.of(1, Verb.BARRIER),
                                Tuple.of(3, Verb.GRANT)),
                        Arbitraries.integers().between(0, CHANNELS - 1))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 1_000)
    void recordsKeepTheirOrderAndWatermarksTheirPlaceBehindThem(@ForAll("steps") List<Step> steps) throws Exception {
        Run run = new Run();
        for (Step step : steps) {
            run.play(step);
        }
        run.broadcast();
        for (int i = 0; i < CHANNELS; i++) {
            run.channels[i].grant(1_000);
            run.check(i);
        }
    }

    @Property(tries = 1_000)
    void aFlushTellsAllWhereThereIsCredit(@ForAll("steps") List<Step> steps) throws Exception {
        Run run = new Run();
        for (Step step : steps) {
            run.play(step);
        }
        run.edge.flush();
        for (int i = 0; i < CHANNELS; i++) {
            run.channels[i].grant(1_000);
        }
        run.edge.flush();
        for (int i = 0; i < CHANNELS; i++) {
            List<Seen> seen = run.seen.get(i);
            assertThat(seen.stream().filter(one -> one.kind == 'r')).hasSize(run.emittedTo[i]);
            long told = seen.stream()
                    .filter(one -> one.kind == 'w')
                    .mapToLong(Seen::number)
                    .max()
                    .orElse(Timestamps.NONE);
            assertThat(told).isEqualTo(run.watermark);
            assertThat(run.idleThere[i]).isEqualTo(run.idle);
        }
        int before = run.sent;
        run.edge.flush();
        assertThat(run.sent).isEqualTo(before);
    }

    private static final class Run {
        private final OutboundChannel[] channels = new OutboundChannel[CHANNELS];
        private final List<List<Seen>> seen = new ArrayList<>();
        private final List<Seen> emitted = new ArrayList<>();
        private final int[] emittedTo = new int[CHANNELS];
        private final EdgeOutput edge;
        private long watermark = Timestamps.NONE;
        private final boolean[] idleThere = new boolean[CHANNELS];
        private boolean idle;
        private int sent;

        private Run() {
            OutboundChannel.Overdrawn overdrawn = new OutboundChannel.Overdrawn();
            for (int i = 0; i < CHANNELS; i++) {
                seen.add(new ArrayList<>());
                channels[i] = new OutboundChannel(i, 1_000, overdrawn, this::take);
            }
            Edge plan = new Edge(0, 0, 1, 0, null, EdgePartitioning.REBALANCE, null, null, null, 0, null);
            edge = new Picked(plan, channels);
        }

        private void play(Step step) throws Exception {
            switch (step.verb) {
                case EMIT -> {
                    emitted.add(new Seen('r', emitted.size() * CHANNELS + step.channel));
                    emittedTo[step.channel]++;
                    edge.emit(emitted.get(emitted.size() - 1).number, 0);
                }
                case WATERMARK -> {
                    // As a number that says how many things were emitted before it.
                    watermark = emitted.size() * CHANNELS;
                    emitted.add(new Seen('w', watermark));
                    edge.sendWatermark(watermark);
                }
                case IDLE, ACTIVE -> {
                    idle = step.verb == Verb.IDLE;
                    edge.sendIdleness(idle);
                }
                case ANEW -> {
                    edge.tellIdlenessAnew();
                    idleThere[step.channel] ^= true;
                }
                case FLUSH -> edge.flush();
                case BARRIER -> broadcast();
                case GRANT -> channels[step.channel].grant(1);
                default -> throw new AssertionError(step);
            }
        }

        private void broadcast() {
            edge.broadcast(new ChannelElement.Barrier(emitted.size() * CHANNELS));
            for (int i = 0; i < CHANNELS; i++) {
                channels[i].grant(channels[i].waiting());
                assertThat(idleThere[i]).isEqualTo(idle);
            }
        }

        private void take(int channel, long sequence, ChannelElement element) {
            assertThat(sequence).isGreaterThanOrEqualTo(0);
            sent++;
            List<Seen> into = seen.get(channel);
            if (element instanceof ChannelElement.Barrier barrier) {
                into.add(new Seen('b', barrier.checkpointId()));
                return;
            }
            RecordBatch batch = (RecordBatch) element;
            idleThere[channel] = batch.isIdle();
            assertThat(batch.size()).isLessThanOrEqualTo(BATCH_SIZE);
            for (int i = 0; i < batch.size(); i++) {
                into.add(new Seen('r', (Long) batch.records()[i]));
            }
            if (batch.watermark() != Timestamps.NONE) {
                into.add(new Seen('w', batch.watermark()));
            }
        }

        /** A barrier's number is the first position that is not before it; records' and watermarks' are their own. */
        private void check(int channel) {
            List<Seen> stream = seen.get(channel);
            long told = Timestamps.NONE;
            long lastRecord = -1;
            int records = 0;
            for (Seen one : stream) {
                if (one.kind == 'r') {
                    assertThat(one.number).isGreaterThan(lastRecord);
                    lastRecord = one.number;
                    records++;
                } else if (one.kind == 'w') {
                    assertThat(one.number).isGreaterThanOrEqualTo(told);
                    told = one.number;
                    assertThat(before(channel, told)).isLessThanOrEqualTo(records);
                } else {
                    assertThat(records).isEqualTo(before(channel, one.number));
                    assertThat(told).isEqualTo(lastWatermarkBefore(one.number));
                }
            }
            assertThat(records).isEqualTo(emittedTo[channel]);
        }

        private int before(int channel, long position) {
            return (int) emitted.stream()
                    .filter(one -> one.kind == 'r' && one.number < position && one.number % CHANNELS == channel)
                    .count();
        }

        private long lastWatermarkBefore(long position) {
            return emitted.stream()
                    .filter(one -> one.kind == 'w' && one.number < position)
                    .mapToLong(Seen::number)
                    .max()
                    .orElse(Timestamps.NONE);
        }
    }

    /** The record says which channel it goes to. */
    private static final class Picked extends EdgeOutput {
        private Picked(Edge edge, OutboundChannel[] channels) {
            super(edge, channels, BATCH_SIZE);
        }

        @Override
        public void emit(Object record, long timestamp) {
            add((int) ((Long) record % CHANNELS), record, timestamp, 0);
        }
    }
}
