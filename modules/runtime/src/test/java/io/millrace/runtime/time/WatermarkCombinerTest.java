// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WatermarkCombinerTest {
    @Test
    void saysNothingUntilAllChannelsHaveSpoken() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        assertThat(combiner.update(0, 10)).isFalse();
        assertThat(combiner.combined()).isEqualTo(Timestamps.NONE);
        assertThat(combiner.update(1, 5)).isTrue();
        assertThat(combiner.combined()).isEqualTo(5);
    }

    @Test
    void neverGoesBack() {
        WatermarkCombiner combiner = new WatermarkCombiner(1);
        combiner.update(0, 10);
        assertThat(combiner.update(0, 9)).isFalse();
        assertThat(combiner.update(0, 10)).isFalse();
        assertThat(combiner.combined()).isEqualTo(10);
    }

    @Test
    void goesOnFromACheckpoint() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        combiner.update(0, 10);
        combiner.update(1, 20);
        WatermarkCombiner restored = new WatermarkCombiner(2);
        restored.restore(combiner.snapshot());
        assertThat(restored.combined()).isEqualTo(10);
        assertThat(restored.update(0, 15)).isTrue();
        assertThat(restored.combined()).isEqualTo(15);
    }

    @Property
    void isTheLowestOfTheHighest(@ForAll @Size(max = 50) List<@IntRange(min = 0, max = 99) Integer> updates) {
        WatermarkCombiner combiner = new WatermarkCombiner(3);
        long[] highest = {Timestamps.NONE, Timestamps.NONE, Timestamps.NONE};
        for (int update : updates) {
            int channel = update % 3;
            long before = combiner.combined();
            boolean grew = combiner.update(channel, update);
            highest[channel] = Math.max(highest[channel], update);
            assertThat(combiner.combined())
                    .isEqualTo(Arrays.stream(highest).min().orElseThrow());
            assertThat(grew).isEqualTo(combiner.combined() > before);
        }
    }
}
