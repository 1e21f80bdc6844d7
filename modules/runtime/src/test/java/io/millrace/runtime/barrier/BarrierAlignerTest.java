// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.barrier;

import static io.millrace.runtime.barrier.BarrierAligner.Outcome.ALIGNED;
import static io.millrace.runtime.barrier.BarrierAligner.Outcome.STALE;
import static io.millrace.runtime.barrier.BarrierAligner.Outcome.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarrierAlignerTest {
    @Test
    void channelsWaitUntilAllHaveBroughtTheBarrier() {
        BarrierAligner aligner = new BarrierAligner(3, true);
        assertThat(aligner.onBarrier(1, 5)).isEqualTo(WAIT);
        assertThat(aligner.isBlocked(1)).isTrue();
        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.onBarrier(0, 5)).isEqualTo(WAIT);
        assertThat(aligner.onBarrier(2, 5)).isEqualTo(ALIGNED);
        assertThat(aligner.isAligning()).isFalse();
        for (int channel = 0; channel < 3; channel++) {
            assertThat(aligner.isBlocked(channel)).isFalse();
        }
    }

    @Test
    void aNewerBarrierReleasesWhatWaitedForAnOlderOne() {
        BarrierAligner aligner = new BarrierAligner(2, true);
        aligner.onBarrier(0, 5);
        assertThat(aligner.onBarrier(1, 6)).isEqualTo(WAIT);
        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.isBlocked(1)).isTrue();
        assertThat(aligner.onBarrier(0, 6)).isEqualTo(ALIGNED);
    }

    @Test
    void barriersOfCheckpointsThatAreOverHaveNoEffect() {
        BarrierAligner aligner = new BarrierAligner(2, true);
        aligner.onBarrier(0, 6);
        assertThat(aligner.onBarrier(1, 5)).isEqualTo(STALE);
        assertThat(aligner.isBlocked(1)).isFalse();
        assertThat(aligner.onBarrier(1, 6)).isEqualTo(ALIGNED);
        assertThat(aligner.onBarrier(0, 6)).isEqualTo(STALE);
        assertThat(aligner.isBlocked(0)).isFalse();
    }

    @Test
    void atLeastOnceNobodyWaits() {
        BarrierAligner aligner = new BarrierAligner(2, false);
        assertThat(aligner.onBarrier(0, 1)).isEqualTo(WAIT);
        assertThat(aligner.isBlocked(0)).isFalse();
        assertThat(aligner.onBarrier(1, 1)).isEqualTo(ALIGNED);
    }
}
