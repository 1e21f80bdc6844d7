// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.barrier.BarrierAligner.Outcome;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BarrierAlignerTest {
    @Test
    void channelsWaitUntilAllHaveDelivered() {
        BarrierAligner aligner = new BarrierAligner(3, true);
        assertThat(aligner.onBarrier(1, 1)).isEqualTo(Outcome.WAIT);
        assertThat(aligner.isBlocked(1)).isTrue();
        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.isAligning()).isTrue();
        assertThat(aligner.onBarrier(0, 1)).isEqualTo(Outcome.WAIT);
        assertThat(aligner.onBarrier(2, 1)).isEqualTo(Outcome.ALIGNED);
        assertThat(aligner.isBlocked(1)).isFalse();
        assertThat(aligner.isAligning()).isFalse();
    }

    @Test
    void noChannelWaitsAtLeastOnce() {
        BarrierAligner aligner = new BarrierAligner(2, false);
        assertThat(aligner.onBarrier(0, 1)).isEqualTo(Outcome.WAIT);
        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.onBarrier(1, 1)).isEqualTo(Outcome.ALIGNED);
    }

    @Test
    void aNewerBarrierEndsTheAlignmentOfAnOlderOne() {
        BarrierAligner aligner = new BarrierAligner(2, true);
        aligner.onBarrier(0, 1);
        assertThat(aligner.onBarrier(1, 2)).isEqualTo(Outcome.WAIT);
        assertThat(aligner.isBlocked(0))
                .as("its next barrier is that of checkpoint 2")
                .isFalse();
        assertThat(aligner.isBlocked(1)).isTrue();
        assertThat(aligner.onBarrier(0, 2)).isEqualTo(Outcome.ALIGNED);
    }

    @Test
    void barriersOfCheckpointsThatAreOverAreStale() {
        BarrierAligner aligner = new BarrierAligner(2, true);
        aligner.onBarrier(0, 3);
        assertThat(aligner.onBarrier(1, 2)).isEqualTo(Outcome.STALE);
        assertThat(aligner.isBlocked(1)).isFalse();
        assertThat(aligner.onBarrier(1, 3)).isEqualTo(Outcome.ALIGNED);
        assertThat(aligner.onBarrier(0, 3)).isEqualTo(Outcome.STALE);
    }

    @Test
    void oneChannelAlignsAtOnce() {
        assertThat(new BarrierAligner(1, true).onBarrier(0, 7)).isEqualTo(Outcome.ALIGNED);
    }

    /** Each channel brings barriers 1, 2, 3 .. in order, and is not read while it is blocked. */
    @Property
    void everyCheckpointAlignsOnceWhateverTheOrder(@ForAll @Size(max = 60) List<@IntRange(max = 2) Integer> order) {
        BarrierAligner aligner = new BarrierAligner(3, true);
        long[] next = {1, 1, 1};
        List<Long> aligned = new ArrayList<>();
        for (int channel : order) {
            if (aligner.isBlocked(channel)) {
                continue;
            }
            if (aligner.onBarrier(channel, next[channel]++) == Outcome.ALIGNED) {
                aligned.add(next[channel] - 1);
            }
        }
        for (int i = 0; i < aligned.size(); i++) {
            assertThat(aligned.get(i)).isEqualTo(i + 1L);
        }
        long lowest = Math.min(next[0], Math.min(next[1], next[2])) - 1;
        assertThat(aligned).hasSize((int) lowest);
    }
}
