// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.protocol.ChannelElement.Probe;
import org.junit.jupiter.api.Test;

class ProbeAlignerTest {
    private final ProbeAligner aligner = new ProbeAligner(3);

    @Test
    void aProbeGoesOnWhenAllChannelsHaveBroughtIt() {
        aligner.offer(0, new Probe(1, 4));
        aligner.offer(1, new Probe(1, 2));
        assertThat(aligner.poll()).isNull();
        aligner.offer(2, new Probe(1, 3));
        assertThat(aligner.poll()).isEqualTo(new Probe(1, 2));
        assertThat(aligner.poll()).isNull();
    }

    @Test
    void aChannelThatBringsNoneIsWaitedForUntilItsEnd() {
        aligner.offer(0, new Probe(1, 0));
        aligner.offer(1, new Probe(1, 0));
        assertThat(aligner.poll()).isNull();
        aligner.end(2);
        assertThat(aligner.poll()).isEqualTo(new Probe(1, 0));
    }

    @Test
    void aChannelMayBeRoundsAhead() {
        aligner.offer(0, new Probe(1, 0));
        aligner.offer(0, new Probe(2, 1));
        aligner.end(0);
        aligner.offer(1, new Probe(1, 5));
        aligner.offer(2, new Probe(1, 5));
        assertThat(aligner.poll()).isEqualTo(new Probe(1, 0));
        aligner.offer(1, new Probe(2, 5));
        assertThat(aligner.poll()).isNull();
        aligner.offer(2, new Probe(2, 5));
        assertThat(aligner.poll()).isEqualTo(new Probe(2, 1));
    }

    @Test
    void thereIsNoProbeWhenAllHaveEnded() {
        for (int channel = 0; channel < 3; channel++) {
            aligner.end(channel);
        }
        assertThat(aligner.poll()).isNull();
    }

    @Test
    void roundsDoNotMix() {
        aligner.offer(0, new Probe(1, 0));
        aligner.offer(1, new Probe(2, 0));
        aligner.end(2);
        assertThatThrownBy(aligner::poll).hasMessageContaining("Probes of rounds 1 and 2");
    }
}
