// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.loop.FeedbackLog.State;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FeedbackLogTest {
    private static final int FIRST = 2;
    private static final int SECOND = 3;

    private final FeedbackLog log = new FeedbackLog(channels(FIRST, SECOND));

    private static BitSet channels(int... numbers) {
        BitSet channels = new BitSet();
        for (int number : numbers) {
            channels.set(number);
        }
        return channels;
    }

    private static RecordBatch batch() {
        return new RecordBatch(1, 1, false);
    }

    @Test
    void keepsWhatComesBetweenTheBarrierThatLeavesAndTheOneThatComesBack() {
        RecordBatch before = batch();
        RecordBatch first = batch();
        RecordBatch second = batch();
        RecordBatch after = batch();
        log.onRecords(FIRST, before);
        assertThat(log.open(1)).isEqualTo(State.OPEN);
        log.onRecords(FIRST, first);
        assertThat(log.onBarrier(FIRST, 1)).isEqualTo(State.OPEN);
        log.onRecords(FIRST, after);
        log.onRecords(SECOND, second);
        assertThat(log.onBarrier(SECOND, 1)).isEqualTo(State.COMPLETE);
        log.onRecords(SECOND, after);
        assertThat(log.take()).containsExactly(first, second);
        assertThat(log.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aChannelMayHaveBroughtTheBarrierBefore() {
        log.onBarrier(FIRST, 4);
        assertThat(log.open(4)).isEqualTo(State.OPEN);
        log.onRecords(FIRST, batch());
        assertThat(log.onBarrier(SECOND, 4)).isEqualTo(State.COMPLETE);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void barriersOfOlderCheckpointsChangeNothing() {
        log.open(4);
        log.onBarrier(FIRST, 3);
        RecordBatch logged = batch();
        log.onRecords(FIRST, logged);
        log.onBarrier(FIRST, 4);
        log.onBarrier(SECOND, 4);
        assertThat(log.take()).containsExactly(logged);
    }

    @Test
    void isGivenUpWhenANewerBarrierComesBack() {
        log.open(1);
        log.onBarrier(FIRST, 1);
        assertThat(log.onBarrier(FIRST, 2)).isEqualTo(State.OPEN);
        assertThat(log.onBarrier(SECOND, 2)).isEqualTo(State.GIVEN_UP);
        log.take();
        assertThat(log.open(3)).isEqualTo(State.OPEN);
    }

    @Test
    void isGivenUpAtOnceWhenTheNewerBarrierIsThere() {
        log.onBarrier(FIRST, 6);
        assertThat(log.open(5)).isEqualTo(State.GIVEN_UP);
    }

    @Test
    void isOpenForOneCheckpointAtATime() {
        log.open(1);
        assertThatThrownBy(() -> log.open(2)).hasMessageContaining("The log of checkpoint 1 is not complete");
    }

    /** Whatever the order in which the channels' elements come, what is logged is what stood before the barriers. */
    @Property(tries = 300)
    void holdsWhatWasSentBeforeTheBarrier(@ForAll long seed) {
        Random random = new Random(seed);
        FeedbackLog some = new FeedbackLog(channels(0, 1, 2));
        some.open(1);
        List<RecordBatch> expected = new ArrayList<>();
        boolean[] delivered = new boolean[3];
        while (some.state() == State.OPEN) {
            int channel = random.nextInt(3);
            if (random.nextInt(4) > 0) {
                RecordBatch batch = batch();
                some.onRecords(channel, batch);
                if (!delivered[channel]) {
                    expected.add(batch);
                }
            } else if (!delivered[channel]) {
                delivered[channel] = true;
                some.onBarrier(channel, 1);
            }
        }
        assertThat(some.state()).isEqualTo(State.COMPLETE);
        assertThat(some.take()).containsExactlyElementsOf(expected);
    }
}
