// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import io.millrace.checkpoint.manifest.ChannelStatus;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class WatermarkCombinerTest {
    private static final int CHANNELS = 3;

    @Test
    void saysNothingUntilAllChannelsHaveSpoken() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        assertThat(combiner.update(0, 10, false)).isFalse();
        assertThat(combiner.combined()).isEqualTo(Timestamps.NONE);
        assertThat(combiner.update(1, 5, false)).isTrue();
        assertThat(combiner.combined()).isEqualTo(5);
    }

    @Test
    void neverGoesBack() {
        WatermarkCombiner combiner = new WatermarkCombiner(1);
        combiner.update(0, 10, false);
        assertThat(combiner.update(0, 9, false)).isFalse();
        assertThat(combiner.update(0, 10, false)).isFalse();
        assertThat(combiner.combined()).isEqualTo(10);
    }

    @Test
    void anIdleChannelHoldsNobody() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        combiner.update(0, 10, false);
        assertThat(combiner.update(1, Timestamps.NONE, true)).isTrue();
        assertThat(combiner.combined()).isEqualTo(10);
        assertThat(combiner.isIdle()).isFalse();
    }

    @Test
    void whereAllAreIdleTheHighestCountsInWhateverOrderTheyFellSilent() {
        WatermarkCombiner slowFirst = new WatermarkCombiner(2);
        slowFirst.update(0, 5, true);
        slowFirst.update(1, 10, true);
        WatermarkCombiner fastFirst = new WatermarkCombiner(2);
        fastFirst.update(1, 10, true);
        fastFirst.update(0, 5, true);
        assertThat(slowFirst.combined()).isEqualTo(10);
        assertThat(fastFirst.combined()).isEqualTo(10);
        assertThat(fastFirst.isIdle()).isTrue();
    }

    @Test
    void aChannelThatComesBackBehindHoldsTheCombinedOneWhereItIs() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        combiner.update(1, 3, true);
        combiner.update(0, 10, false);
        assertThat(combiner.update(1, 4, false)).isFalse();
        assertThat(combiner.update(0, 20, false)).isFalse();
        assertThat(combiner.combined()).isEqualTo(10);
        assertThat(combiner.update(1, 15, false)).isTrue();
        assertThat(combiner.combined()).isEqualTo(15);
    }

    @Test
    void whatIsFinishedIsNotTheEndWhileAnotherIsOnlyIdle() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        combiner.update(0, 5, true);
        combiner.update(1, 10, false);
        combiner.update(1, Timestamps.END, false);
        assertThat(combiner.combined()).isEqualTo(10);
        assertThat(combiner.isIdle()).isTrue();
        combiner.update(0, 7, false);
        combiner.update(0, Timestamps.END, true);
        assertThat(combiner.combined()).isEqualTo(Timestamps.END);
        assertThat(combiner.isIdle()).isFalse();
    }

    @Test
    void whatIsFinishedStaysSo() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        combiner.finish(0);
        assertThat(combiner.update(0, 3, false)).isFalse();
        assertThat(combiner.statuses()).containsExactly(ChannelStatus.FINISHED, ChannelStatus.ACTIVE);
        assertThat(combiner.update(1, 8, false)).isTrue();
        assertThat(combiner.combined()).isEqualTo(8);
    }

    @Test
    void goesOnFromACheckpointAtWhatItHadReached() {
        WatermarkCombiner combiner = new WatermarkCombiner(2);
        combiner.update(1, 3, true);
        combiner.update(0, 10, false);
        combiner.update(1, 4, false);
        WatermarkCombiner restored = restored(combiner);
        assertThat(restored.combined()).isEqualTo(10);
        assertThat(restored.update(1, 9, false)).isFalse();
        assertThat(restored.update(1, 12, false)).isFalse();
        assertThat(restored.update(0, 15, false)).isTrue();
        assertThat(restored.combined()).isEqualTo(12);
    }

    @Test
    void aGateWithoutChannelsSaysNothing() {
        WatermarkCombiner combiner = new WatermarkCombiner(0);
        combiner.restore(new long[0], List.of(), Timestamps.NONE);
        assertThat(combiner.combined()).isEqualTo(Timestamps.NONE);
        assertThat(combiner.isIdle()).isFalse();
    }

    private static WatermarkCombiner restored(WatermarkCombiner combiner) {
        WatermarkCombiner restored = new WatermarkCombiner(combiner.watermarks().length);
        restored.restore(combiner.watermarks(), combiner.statuses(), combiner.combined());
        return restored;
    }

    /** Something that a channel says; {@link Timestamps#END} finishes it. */
    record Said(int channel, long watermark, boolean idle) {}

    @Provide
    Arbitrary<List<Said>> talks() {
        Arbitrary<Long> watermarks = Arbitraries.frequencyOf(
                Tuple.of(30, Arbitraries.longs().between(0, 30)),
                Tuple.of(5, Arbitraries.just(Timestamps.NONE)),
                Tuple.of(1, Arbitraries.of(Timestamps.NONE + 1, -1L, Timestamps.END - 1)),
                Tuple.of(1, Arbitraries.just(Timestamps.END)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, CHANNELS - 1), watermarks, Arbitraries.of(true, false, false))
                .as(Said::new)
                .list()
                .ofMaxSize(60);
    }

    /** Each step against the definition, worked out anew from everything that was said; restored now and then. */
    @Property(tries = 2_000)
    void isWhatTheDefinitionSays(@ForAll("talks") List<Said> talk, @ForAll boolean restoring) {
        WatermarkCombiner combiner = new WatermarkCombiner(CHANNELS);
        List<Said> history = new ArrayList<>();
        long highest = Timestamps.NONE;
        for (Said said : talk) {
            history.add(said);
            long before = combiner.combined();
            boolean grew = combiner.update(said.channel, said.watermark, said.idle);
            highest = Math.max(highest, Naive.of(history).target());
            assertThat(combiner.combined()).as(history.toString()).isEqualTo(highest);
            assertThat(combiner.isIdle()).isEqualTo(Naive.of(history).isIdle());
            assertThat(grew).isEqualTo(combiner.combined() > before);
            if (restoring && history.size() % 7 == 0) {
                combiner = restored(combiner);
                assertThat(combiner.combined()).isEqualTo(highest);
            }
        }
    }

    private record Naive(List<Long> active, List<Long> idle, List<Long> finished) {
        static Naive of(List<Said> history) {
            Naive naive = new Naive(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int channel = 0; channel < CHANNELS; channel++) {
                long watermark = Timestamps.NONE;
                List<Long> status = naive.active;
                for (Said said : history) {
                    if (said.channel != channel || status == naive.finished) {
                        continue;
                    }
                    if (said.watermark == Timestamps.END) {
                        status = naive.finished;
                    } else {
                        watermark = Math.max(watermark, said.watermark);
                        status = said.idle ? naive.idle : naive.active;
                    }
                }
                status.add(watermark);
            }
            return naive;
        }

        long target() {
            if (finished.size() == CHANNELS) {
                return Timestamps.END;
            }
            if (!active.isEmpty()) {
                return active.stream().min(Long::compare).orElseThrow();
            }
            List<Long> all = new ArrayList<>(idle);
            all.addAll(finished);
            return all.stream().max(Long::compare).orElseThrow();
        }

        boolean isIdle() {
            return active.isEmpty() && !idle.isEmpty();
        }
    }
}
