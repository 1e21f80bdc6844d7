// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.protocol.ChannelElement.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuiescenceTest {
    /** What goes from one head to the next in a ring: a record or a probe. */
    private static final Probe RECORD = new Probe(-1, -1);

    @Test
    void oneHeadNeedsTwoQuietRounds() {
        Quiescence rounds = new Quiescence(1);
        assertThat(rounds.begin()).isEqualTo(new Probe(1, 0));
        rounds.returned(new Probe(1, 0));
        assertThat(rounds.isOver()).isFalse();
        assertThat(rounds.begin()).isEqualTo(new Probe(2, 1));
        rounds.returned(new Probe(2, 1));
        assertThat(rounds.isOver()).isTrue();
    }

    @Test
    void aRecordThatComesBackBeginsTheCountAnew() {
        Quiescence rounds = new Quiescence(1);
        rounds.begin();
        rounds.returned(new Probe(1, 0));
        rounds.begin();
        rounds.onRecords();
        rounds.returned(new Probe(2, 1));
        assertThat(rounds.begin()).isEqualTo(new Probe(3, 0));
    }

    @Test
    void theLeastOfAllHeadsCounts() {
        Quiescence rounds = new Quiescence(2);
        for (int round = 1; round <= 5; round++) {
            rounds.begin();
            rounds.returned(new Probe(round, 0));
        }
        assertThat(rounds.isOver()).isFalse();
        assertThat(rounds.begin().quiet()).isEqualTo(1);
    }

    @Test
    void aRecordAfterTheEndIsAnError() {
        Quiescence rounds = new Quiescence(1);
        rounds.begin();
        rounds.returned(new Probe(1, 0));
        rounds.begin();
        rounds.returned(new Probe(2, 1));
        assertThatThrownBy(rounds::onRecords).hasMessageContaining("had ended");
    }

    @Test
    void roundsEndInOrder() {
        Quiescence rounds = new Quiescence(1);
        rounds.begin();
        assertThatThrownBy(rounds::begin).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rounds.returned(new Probe(2, 0))).isInstanceOf(IllegalStateException.class);
    }

    /**
     * Heads in a ring, each of which hears of the one before it alone: the wiring in which it takes longest until all
     * know. Records go round a number of times. No head may end while one is on its way, and all end.
     */
    @Property(tries = 500)
    void noHeadEndsWhileRecordsGoRoundARing(@ForAll long seed) {
        Ring ring = new Ring(new Random(seed));
        for (int step = 0; step < 100_000 && !ring.allOver(); step++) {
            ring.step();
        }
        assertThat(ring.allOver()).isTrue();
    }

    private static final class Ring {
        private final Random random;
        private final List<Quiescence> heads = new ArrayList<>();
        private final List<List<Probe>> channels = new ArrayList<>();
        private final int[] waiting;
        private int left;

        private Ring(Random random) {
            this.random = random;
            int count = 1 + random.nextInt(4);
            this.waiting = new int[count];
            for (int i = 0; i < count; i++) {
                heads.add(new Quiescence(count));
                channels.add(new ArrayList<>());
                waiting[i] = random.nextInt(4);
            }
            left = random.nextInt(40);
        }

        private boolean allOver() {
            return heads.stream().allMatch(Quiescence::isOver);
        }

        /** A head emits a record or a probe, or takes what has come. */
        private void step() {
            int head = random.nextInt(heads.size());
            Quiescence rounds = heads.get(head);
            if (rounds.isOver()) {
                assertThat(noneCirculates()).isTrue();
                if (!channels.get(head).isEmpty()) {
                    assertThat(channels.get(head).remove(0)).isNotEqualTo(RECORD);
                }
                // One that has ended counts as one with any number of quiet rounds: its neighbour waits no more.
                sendOn(head, new Probe(0, Integer.MAX_VALUE - 1));
            } else if (random.nextBoolean()) {
                emit(head, rounds);
            } else {
                receive(head, rounds);
            }
        }

        private boolean noneCirculates() {
            for (int i = 0; i < waiting.length; i++) {
                if (waiting[i] > 0 || channels.get(i).contains(RECORD)) {
                    return false;
                }
            }
            return true;
        }

        private void emit(int head, Quiescence rounds) {
            if (waiting[head] > 0) {
                waiting[head]--;
                if (left > 0) {
                    left--;
                    sendOn(head, RECORD);
                }
            } else if (!rounds.isOpen()) {
                sendOn(head, rounds.begin());
            }
        }

        private void sendOn(int head, Probe element) {
            List<Probe> next = channels.get((head + 1) % channels.size());
            boolean repeated = element.round() == 0 && next.contains(element);
            if (!repeated) {
                next.add(element);
            }
        }

        private void receive(int head, Quiescence rounds) {
            List<Probe> channel = channels.get(head);
            if (channel.isEmpty()) {
                return;
            }
            Probe first = channel.get(0);
            if (first == RECORD) {
                channel.remove(0);
                rounds.onRecords();
                waiting[head]++;
            } else if (rounds.isOpen() && waiting[head] == 0) {
                Probe back = channel.remove(0);
                rounds.returned(back.round() == 0 ? new Probe(rounds.round(), back.quiet()) : back);
            }
        }
    }
}
