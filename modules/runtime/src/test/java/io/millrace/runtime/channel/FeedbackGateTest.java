// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.barrier.BarrierAligner.Outcome;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.ChannelElement.Barrier;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gate of a loop's head: two channels from outside, two that bring feedback. */
class FeedbackGateTest {
    private static final int OUTSIDE = 0;
    private static final int OTHER_OUTSIDE = 1;
    private static final int FEEDBACK = 2;
    private static final int OTHER_FEEDBACK = 3;

    private final long[] sequences = new long[4];
    private final Sink sink = new Sink();
    private final InputGate gate = gate(true);

    private static InputGate gate(boolean exactlyOnce) {
        BitSet feedback = new BitSet();
        feedback.set(FEEDBACK, OTHER_FEEDBACK + 1);
        return new InputGate(4, 3, exactlyOnce, feedback);
    }

    private static final class Sink implements InputGate.FeedbackSink {
        private final List<String> taken = new ArrayList<>();
        private boolean open = true;

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void take(int channel, ChannelElement element) {
            taken.add(channel + (element instanceof RecordBatch ? " records" : " " + element));
        }

        private List<String> take() {
            List<String> all = List.copyOf(taken);
            taken.clear();
            return all;
        }
    }

    private void offer(InputGate to, int channel, ChannelElement element) {
        to.offer(channel, sequences[channel]++, element);
    }

    private static RecordBatch batch() {
        return new RecordBatch(1, 1, false);
    }

    /** Aligns outside channels. */
    private Outcome barrier(int channel, long checkpointId) {
        offer(gate, channel, new Barrier(checkpointId));
        assertThat(gate.next()).isEqualTo(new Barrier(checkpointId));
        gate.finish();
        return gate.onBarrier(checkpointId);
    }

    @Test
    void feedbackIsTakenApart() {
        gate.returnCredits(1, (channel, elements) -> assertThat(elements).isEqualTo(3));
        offer(gate, FEEDBACK, batch());
        assertThat(gate.next()).isNull();
        assertThat(gate.nextBarrier()).isNull();
        gate.drainFeedback(sink);
        assertThat(sink.take()).containsExactly("2 records");
        List<String> granted = new ArrayList<>();
        gate.returnCredits(1, (channel, elements) -> granted.add(channel + ":" + elements));
        assertThat(granted).containsExactly("2:1");
    }

    @Test
    void nothingIsTakenWhileTheSinkIsClosed() {
        sink.open = false;
        offer(gate, FEEDBACK, batch());
        gate.drainFeedback(sink);
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void alignmentIsThatOfTheOutsideChannels() {
        assertThat(barrier(OUTSIDE, 1)).isEqualTo(Outcome.WAIT);
        assertThat(barrier(OTHER_OUTSIDE, 1)).isEqualTo(Outcome.ALIGNED);
    }

    @Test
    void whatStandsBehindABarrierThatIsAheadWaits() {
        offer(gate, FEEDBACK, new Barrier(1));
        offer(gate, FEEDBACK, batch());
        offer(gate, OTHER_FEEDBACK, batch());
        gate.drainFeedback(sink);
        assertThat(sink.take()).containsExactly("2 Barrier[checkpointId=1]", "3 records");
        barrier(OUTSIDE, 1);
        gate.drainFeedback(sink);
        assertThat(sink.take()).isEmpty();
        barrier(OTHER_OUTSIDE, 1);
        gate.drainFeedback(sink);
        assertThat(sink.take()).containsExactly("2 records");
    }

    @Test
    void aBarrierThatIsAheadWaitsNoLongerOnceANewerOneIsAligned() {
        offer(gate, FEEDBACK, new Barrier(1));
        offer(gate, FEEDBACK, batch());
        gate.drainFeedback(sink);
        sink.take();
        barrier(OUTSIDE, 2);
        barrier(OTHER_OUTSIDE, 2);
        gate.drainFeedback(sink);
        assertThat(sink.take()).containsExactly("2 records");
    }

    @Test
    void nothingWaitsWhereRecordsMayBeRepeated() {
        InputGate atLeastOnce = gate(false);
        offer(atLeastOnce, FEEDBACK, new Barrier(1));
        offer(atLeastOnce, FEEDBACK, batch());
        atLeastOnce.drainFeedback(sink);
        assertThat(sink.take()).hasSize(2);
    }

    @Test
    void feedbackHoldsNoWatermarkBack() {
        assertThat(progress(OUTSIDE, 5, false)).isFalse();
        assertThat(progress(OTHER_OUTSIDE, 7, false)).isTrue();
        assertThat(gate.watermarks().combined()).isEqualTo(5);
    }

    @Test
    void aHeadIsIdleWhenItsOutsideChannelsAre() {
        progress(OUTSIDE, 5, true);
        assertThat(gate.watermarks().isIdle()).isFalse();
        assertThat(progress(OTHER_OUTSIDE, 7, true)).isTrue();
        assertThat(gate.watermarks().isIdle()).isTrue();
        assertThat(gate.watermarks().combined()).isEqualTo(7);
    }

    private boolean progress(int channel, long watermark, boolean idle) {
        RecordBatch batch = RecordBatch.ofProgress(watermark, idle);
        offer(gate, channel, batch);
        assertThat(gate.next()).isSameAs(batch);
        gate.finish();
        return gate.onProgress(batch);
    }

    @Test
    void theInputHasEndedWhenTheOutsideChannelsHave() {
        for (int channel : new int[] {OUTSIDE, OTHER_OUTSIDE}) {
            offer(gate, channel, new ChannelElement.EndOfInput());
            gate.next();
            gate.finish();
            assertThat(gate.onEndOfInput()).isEqualTo(channel == OTHER_OUTSIDE);
        }
    }
}
