// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import io.millrace.runtime.barrier.BarrierAligner.Outcome;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputGateTest {
    private final InputGate gate = new InputGate(2, 3, true);

    private static RecordBatch batch() {
        return new RecordBatch(1, 1, false);
    }

    @Test
    void picksChannelsInTurn() {
        gate.offer(0, 0, batch());
        gate.offer(0, 1, batch());
        gate.offer(1, 0, batch());
        List<Integer> picked = new ArrayList<>();
        while (gate.next() != null) {
            picked.add(gate.currentChannel());
            gate.finish();
        }
        assertThat(picked).containsExactly(0, 1, 0);
    }

    @Test
    void leavesOutChannelsThatWaitForAlignment() {
        gate.offer(0, 0, new ChannelElement.Barrier(1));
        gate.offer(0, 1, batch());
        assertThat(gate.next()).isEqualTo(new ChannelElement.Barrier(1));
        gate.finish();
        assertThat(gate.onBarrier(1)).isEqualTo(Outcome.WAIT);
        assertThat(gate.next()).isNull();
        gate.offer(1, 0, new ChannelElement.Barrier(1));
        gate.next();
        gate.finish();
        assertThat(gate.onBarrier(1)).isEqualTo(Outcome.ALIGNED);
        assertThat(gate.next()).isInstanceOf(RecordBatch.class);
        assertThat(gate.currentChannel()).isZero();
    }

    @Test
    void hasEndedWhenAllChannelsHave() {
        gate.offer(0, 0, new ChannelElement.EndOfInput());
        gate.next();
        gate.finish();
        assertThat(gate.onEndOfInput()).isFalse();
        gate.offer(1, 0, new ChannelElement.EndOfInput());
        gate.next();
        gate.finish();
        assertThat(gate.onEndOfInput()).isTrue();
    }

    @Test
    void takesWatermarkAndStatusOfTheChannelThatWasPicked() {
        gate.offer(0, 0, RecordBatch.ofProgress(7, false));
        gate.offer(1, 0, RecordBatch.ofProgress(Timestamps.NONE, true));
        assertThat(progressOfNext()).isFalse();
        assertThat(progressOfNext()).isTrue();
        assertThat(gate.watermarks().combined()).isEqualTo(7);
        assertThat(gate.watermarks().isIdle()).isFalse();
        gate.offer(0, 1, RecordBatch.ofProgress(Timestamps.END, false));
        assertThat(progressOfNext()).isFalse();
        assertThat(gate.watermarks().isIdle()).isTrue();
    }

    private boolean progressOfNext() {
        RecordBatch next = (RecordBatch) gate.next();
        gate.finish();
        return gate.onProgress(next);
    }

    @Test
    void returnsCreditsToTheirSenders() {
        List<String> granted = new ArrayList<>();
        gate.returnCredits(1, (channel, elements) -> granted.add(channel + ":" + elements));
        assertThat(granted).containsExactly("0:3", "1:3");
        gate.offer(1, 0, batch());
        gate.next();
        gate.finish();
        granted.clear();
        gate.returnCredits(1, (channel, elements) -> granted.add(channel + ":" + elements));
        assertThat(granted).containsExactly("1:1");
    }

    @Test
    void knowsHowDeepItEverWas() {
        gate.offer(0, 0, batch());
        gate.offer(1, 0, batch());
        gate.next();
        gate.finish();
        assertThat(gate.maxWaiting()).isEqualTo(2);
        assertThat(gate.bound()).isEqualTo(6);
    }

    @Test
    void withoutChannelsThereIsNothing() {
        assertThat(new InputGate(0, 2, true).next()).isNull();
    }
}
