// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.stream.BoundedStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code docs/concepts/time.md} shows. */
class DocumentedStrategiesTest {
    record Reading(String sensor, long timeMs, double value, boolean endOfFile) {}

    @Test
    void aStrategyForAUsualSource() {
        WatermarkStrategy<Reading> strategy = WatermarkStrategy.<Reading>forBoundedOutOfOrderness(Duration.ofSeconds(3))
                .withTimestampAssigner((reading, before) -> reading.timeMs())
                .withIdleness(Duration.ofSeconds(30))
                .withWatermarkAlignment("sensors", Duration.ofMinutes(5));

        WatermarkGenerator<Reading> generator = strategy.createGenerator();
        generator.onRecord(new Reading("a", 20_000, 1, false), 20_000);
        assertThat(generator.currentWatermark()).isEqualTo(16_999);
    }

    @Test
    void watermarksThatRecordsBring() {
        WatermarkStrategy<Reading> byFile = WatermarkStrategy.<Reading>forPunctuatedGenerator(
                        (reading, timestamp) -> reading.endOfFile() ? timestamp : Timestamps.NONE)
                .withTimestampAssigner((reading, before) -> reading.timeMs());

        WatermarkGenerator<Reading> generator = byFile.createGenerator();
        generator.onRecord(new Reading("a", 5, 1, false), 5);
        assertThat(generator.currentWatermark()).isEqualTo(Timestamps.NONE);
        generator.onRecord(new Reading("a", 7, 1, true), 7);
        assertThat(generator.currentWatermark()).isEqualTo(7);
    }

    /** Records are at most ten seconds under way, so the clock says what can still come. */
    static final class UnderWay implements WatermarkGenerator<Reading> {
        private long watermark = Timestamps.NONE;

        @Override
        public void onRecord(Reading reading, long timestamp) {}

        @Override
        public void onPeriod(long processingTimeMs) {
            watermark = processingTimeMs - 10_000;
        }

        @Override
        public long currentWatermark() {
            return watermark;
        }
    }

    @Test
    void watermarksThatFollowTheClock() {
        WatermarkStrategy<Reading> byClock =
                WatermarkStrategy.forPeriodicGenerator(UnderWay::new, Duration.ofSeconds(1));

        WatermarkGenerator<Reading> generator = byClock.createGenerator();
        generator.onPeriod(50_000);
        assertThat(generator.currentWatermark()).isEqualTo(40_000);
        assertThat(byClock.generatorInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatBecomesOfLateRecords() {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
        BoundedStream<Reading> readings = env.fromElements(new Reading("a", 5, 1, false));
        OutputTag<Reading> late = new OutputTag<>("late", Reading.class);
        var windows = readings.keyBy(Reading::sensor, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)));

        var updated =
                windows.late(Lateness.<Reading>update(Duration.ofMinutes(1)).thenToSideOutput(late));

        assertThat(updated).isNotSameAs(windows);
    }
}
