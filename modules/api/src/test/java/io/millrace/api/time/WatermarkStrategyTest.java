// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WatermarkStrategyTest {
    private static long watermarkAfter(WatermarkStrategy<String> strategy, long... timestamps) {
        WatermarkGenerator<String> generator = strategy.createGenerator();
        for (long timestamp : timestamps) {
            generator.onRecord("record", timestamp);
        }
        return generator.currentWatermark();
    }

    private static WatermarkStrategy<String> outOfOrder(long boundMs) {
        return WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(boundMs));
    }

    @Test
    void saysNothingBeforeTheFirstRecord() {
        assertThat(watermarkAfter(WatermarkStrategy.noWatermarks())).isEqualTo(Timestamps.NONE);
        assertThat(watermarkAfter(WatermarkStrategy.forMonotonousTimestamps())).isEqualTo(Timestamps.NONE);
        assertThat(watermarkAfter(outOfOrder(5))).isEqualTo(Timestamps.NONE);
        assertThat(watermarkAfter(outOfOrder(5), Timestamps.NONE)).isEqualTo(Timestamps.NONE);
        assertThat(watermarkAfter(WatermarkStrategy.noWatermarks(), 5)).isEqualTo(Timestamps.NONE);
    }

    @Test
    void staysBehindTheHighestTimestamp() {
        assertThat(watermarkAfter(WatermarkStrategy.forMonotonousTimestamps(), 10))
                .isEqualTo(9);
        assertThat(watermarkAfter(outOfOrder(5), 10, 20, 15)).isEqualTo(14);
        assertThat(watermarkAfter(outOfOrder(5), -10)).isEqualTo(-16);
    }

    @Test
    void doesNotWrapAroundAtTheEndsOfTime() {
        assertThat(watermarkAfter(outOfOrder(5), Long.MIN_VALUE + 6)).isEqualTo(Timestamps.NONE);
        assertThat(watermarkAfter(outOfOrder(5), Long.MIN_VALUE + 7)).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(watermarkAfter(outOfOrder(5), Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 6);
        assertThat(watermarkAfter(outOfOrder(Long.MAX_VALUE), -5)).isEqualTo(Timestamps.NONE);
        assertThat(watermarkAfter(outOfOrder(Long.MAX_VALUE), Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Property
    void keepsItsPromise(
            @ForAll @LongRange(min = 0, max = 1000) long boundMs, @ForAll long first, @ForAll long second) {
        WatermarkGenerator<String> generator = outOfOrder(boundMs).createGenerator();
        generator.onRecord("first", first);
        long before = generator.currentWatermark();
        generator.onRecord("second", second);
        long after = generator.currentWatermark();

        assertThat(after).isGreaterThanOrEqualTo(before);
        // A record within the bound is never late.
        if (before != Timestamps.NONE) {
            assertThat(first - boundMs).isGreaterThan(before);
        }
    }

    @Test
    void generatorsShareNothing() {
        WatermarkStrategy<String> strategy = outOfOrder(0);
        strategy.createGenerator().onRecord("record", 100);

        assertThat(strategy.createGenerator().currentWatermark()).isEqualTo(Timestamps.NONE);
    }

    @Test
    void takesTimestampsFromRecords() {
        WatermarkStrategy<String> without = outOfOrder(5);
        WatermarkStrategy<String> with = without.withTimestampAssigner((record, source) -> record.length() + source);

        assertThat(without.timestampAssigner()).isNull();
        assertThat(Objects.requireNonNull(with.timestampAssigner()).extractTimestamp("abc", 10))
                .isEqualTo(13);
        assertThat(watermarkAfter(with, 10)).isEqualTo(4);
    }

    @Test
    void takesGeneratorsOfYourOwn() {
        WatermarkStrategy<String> strategy = WatermarkStrategy.forGenerator(() -> new WatermarkGenerator<String>() {
            @Override
            public void onRecord(String record, long timestamp) {}

            @Override
            public long currentWatermark() {
                return 42;
            }
        });

        assertThat(watermarkAfter(strategy)).isEqualTo(42);
        assertThat(strategy.createGenerator().currentWatermark()).isEqualTo(42);
    }

    @Test
    void refusesBoundsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outOfOrder(-1))
                .withMessage("The bound of out-of-orderness cannot be negative: PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageStartingWith("The bound of out-of-orderness is more milliseconds than a long holds");
    }

    @Test
    void refusesTimeoutsAndGroupsThatMakeNoSense() {
        WatermarkStrategy<String> strategy = outOfOrder(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.withIdleness(Duration.ZERO))
                .withMessage("The timeout of idleness must be a millisecond or more: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.withIdleness(Duration.ofNanos(999_999)))
                .withMessageContaining("a millisecond or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.withWatermarkAlignment(" ", Duration.ZERO))
                .withMessage("A group of aligned sources needs a name.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.withWatermarkAlignment("g", Duration.ofMillis(-1)))
                .withMessageContaining("cannot be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strategy.withWatermarkAlignment("g", Duration.ZERO, Duration.ZERO))
                .withMessageContaining("interval between updates");
    }

    @Test
    void keepsWhatWasSaidBefore() {
        WatermarkStrategy<String> strategy = outOfOrder(5)
                .withIdleness(Duration.ofSeconds(10))
                .withWatermarkAlignment("g", Duration.ofSeconds(30))
                .withTimestampAssigner((record, before) -> 7);
        assertThat(strategy.idleTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(strategy.alignment())
                .isEqualTo(new WatermarkAlignment("g", Duration.ofSeconds(30), Duration.ofSeconds(1)));
        assertThat(strategy.timestampAssigner()).isNotNull();
        assertThat(strategy)
                .hasToString("outOfOrder PT0.005S, idle after PT10S, aligned in 'g' within PT30S every PT1S");
    }

    @Test
    void punctuatedWatermarksAreTheHighestThatRecordsBrought() {
        PunctuatedGenerator<String> marks =
                (record, timestamp) -> record.startsWith("mark") ? timestamp : Timestamps.NONE;
        WatermarkStrategy<String> strategy = WatermarkStrategy.forPunctuatedGenerator(marks);
        WatermarkGenerator<String> generator = strategy.createGenerator();
        generator.onRecord("other", 5);
        assertThat(generator.currentWatermark()).isEqualTo(Timestamps.NONE);
        generator.onRecord("mark", 9);
        generator.onRecord("mark", 7);
        generator.onRecord("other", 50);
        assertThat(generator.currentWatermark()).isEqualTo(9);
        assertThat(strategy.functions()).contains(marks);
        assertThat(strategy).hasToString("punctuated");
    }

    @Test
    void isDescribedInAFewWords() {
        assertThat(WatermarkStrategy.noWatermarks()).hasToString("none");
        assertThat(WatermarkStrategy.forMonotonousTimestamps()).hasToString("monotonous");
        assertThat(outOfOrder(5000)).hasToString("outOfOrder PT5S");
        assertThat(WatermarkStrategy.<String>forGenerator(() -> outOfOrder(1).createGenerator()))
                .hasToString("custom");
    }
}
