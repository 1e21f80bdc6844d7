// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import org.junit.jupiter.api.Test;

class WatermarkCombinerTest {
    @Test
    void itGrowsWithTheSlowestChannel() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        assertThat(combiner.update(0, 10)).isFalse();
        assertThat(combiner.combined()).isEqualTo(Timestamps.NONE);
        assertThat(combiner.update(1, 4)).isTrue();
        assertThat(combiner.combined()).isEqualTo(4);
        assertThat(combiner.update(1, 12)).isTrue();
        assertThat(combiner.combined()).isEqualTo(10);
        assertThat(combiner.update(1, 11)).isFalse();
        assertThat(combiner.update(0, Timestamps.END)).isTrue();
        assertThat(combiner.combined()).isEqualTo(12);
    }

    @Test
    void itGoesOnFromACheckpoint() {
        WatermarkCombiner before = new WatermarkCombiner(2);
        before.update(0, 10);
        before.update(1, 4);
        WatermarkCombiner after = new WatermarkCombiner(2);
        after.restore(before.snapshot());
        assertThat(after.combined()).isEqualTo(4);
        assertThat(after.update(0, 9)).isFalse();
        assertThat(after.update(1, 20)).isTrue();
        assertThat(after.combined()).isEqualTo(10);
    }
}
