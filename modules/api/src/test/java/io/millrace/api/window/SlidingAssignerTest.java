// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.time.Timestamps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SlidingAssignerTest {
    private static List<TimeWindow> windows(WindowAssigner<Object, TimeWindow> assigner, long timestamp) {
        List<TimeWindow> windows = new ArrayList<>();
        try {
            assigner.assignWindows("record", timestamp, () -> 0, windows::add);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return windows;
    }

    private static WindowAssigner<Object, TimeWindow> sliding(long size, long slide, long offset) {
        return SlidingEventTimeWindows.of(Duration.ofMillis(size), Duration.ofMillis(slide), Duration.ofMillis(offset));
    }

    @Test
    void tumblingWindowsMeetAtTheirEdges() {
        WindowAssigner<Object, TimeWindow> assigner = TumblingEventTimeWindows.of(Duration.ofMillis(10));

        assertThat(windows(assigner, 0)).containsExactly(new TimeWindow(0, 10));
        assertThat(windows(assigner, 9)).containsExactly(new TimeWindow(0, 10));
        assertThat(windows(assigner, 10)).containsExactly(new TimeWindow(10, 20));
        assertThat(windows(assigner, -1)).containsExactly(new TimeWindow(-10, 0));
        assertThat(windows(assigner, -10)).containsExactly(new TimeWindow(-10, 0));
        assertThat(windows(assigner, -11)).containsExactly(new TimeWindow(-20, -10));
    }

    @Test
    void offsetsShiftTheEdges() {
        for (long offset : new long[] {3, 13, -7, -17}) {
            WindowAssigner<Object, TimeWindow> assigner =
                    TumblingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(offset));
            assertThat(windows(assigner, 2)).containsExactly(new TimeWindow(-7, 3));
            assertThat(windows(assigner, 3)).containsExactly(new TimeWindow(3, 13));
            assertThat(windows(assigner, -8)).containsExactly(new TimeWindow(-17, -7));
        }
    }

    @Test
    void slidingWindowsOverlapOrLeaveGaps() {
        assertThat(windows(sliding(10, 5, 0), 12)).containsExactly(new TimeWindow(10, 20), new TimeWindow(5, 15));
        assertThat(windows(sliding(10, 5, 0), -1)).containsExactly(new TimeWindow(-5, 5), new TimeWindow(-10, 0));
        assertThat(windows(sliding(10, 4, 0), 9))
                .containsExactly(new TimeWindow(8, 18), new TimeWindow(4, 14), new TimeWindow(0, 10));
        assertThat(windows(sliding(5, 10, 0), 4)).containsExactly(new TimeWindow(0, 5));
        assertThat(windows(sliding(5, 10, 0), 5)).isEmpty();
    }

    @Property
    void assignsExactlyTheWindowsThatHoldTheTimestamp(
            @ForAll @LongRange(min = -10_000, max = 10_000) long timestamp,
            @ForAll @IntRange(min = 1, max = 50) int size,
            @ForAll @IntRange(min = 1, max = 50) int slide,
            @ForAll @IntRange(min = -100, max = 100) int offset) {
        List<TimeWindow> expected = new ArrayList<>();
        for (long start = timestamp; start > timestamp - size; start--) {
            if (Math.floorMod(start - offset, (long) slide) == 0) {
                expected.add(new TimeWindow(start, start + size));
            }
        }

        assertThat(windows(sliding(size, slide, offset), timestamp)).isEqualTo(expected);
    }

    @Test
    void worksAsFarAsItSaysAndNoFarther() {
        long limit = Long.MAX_VALUE / 4;
        for (long timestamp : new long[] {limit, -limit}) {
            assertThat(windows(sliding(limit, limit, limit), timestamp))
                    .singleElement()
                    .satisfies(window -> {
                        assertThat(window.start()).isLessThanOrEqualTo(timestamp);
                        assertThat(window.end()).isGreaterThan(timestamp);
                    });
        }
        for (long timestamp : new long[] {limit + 1, -limit - 1, Long.MAX_VALUE, Long.MIN_VALUE + 1}) {
            assertThatThrownBy(() -> windows(sliding(10, 5, 0), timestamp))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("A record with the timestamp " + timestamp + " reached");
        }
    }

    @Test
    void needsATimestamp() {
        assertThatThrownBy(() -> windows(sliding(10, 5, 0), Timestamps.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A record without a timestamp reached an event-time window. Give the source a"
                        + " WatermarkStrategy with a timestamp assigner.");
    }

    @Test
    void refusesWindowsOfNoLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TumblingEventTimeWindows.of(Duration.ZERO))
                .withMessage("A window's size and slide are at least one millisecond; given were PT0S and PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> sliding(10, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> sliding(-10, 5, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TumblingEventTimeWindows.of(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageStartingWith("A window's size is at most ");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TumblingEventTimeWindows.of(Duration.ofMillis(1), Duration.ofSeconds(Long.MIN_VALUE / 100)))
                .withMessageStartingWith("A window's offset is at most ");
    }

    @Test
    void equalAssignersAreDescribedAlike() {
        assertThat(sliding(10, 5, 0)).hasToString("sliding(size 10 ms, slide 5 ms)");
        assertThat(TumblingEventTimeWindows.of(Duration.ofSeconds(1), Duration.ofMillis(3)))
                .hasToString("tumbling(size 1000 ms, offset 3 ms)");
        assertThat(sliding(10, 5, 0).isEventTime()).isTrue();
    }

    @Property
    void windowsSurviveTheirBytesWhichSortAsTheyDo(@ForAll long start, @ForAll long other, @ForAll long end)
            throws IOException {
        TimeWindowSerializer serializer = TimeWindowSerializer.INSTANCE;
        byte[] bytes = serializer.serialize(new TimeWindow(start, end));

        assertThat(serializer.deserialize(1, bytes)).isEqualTo(new TimeWindow(start, end));
        int order = Arrays.compareUnsigned(bytes, serializer.serialize(new TimeWindow(other, end)));
        assertThat(Integer.signum(order)).isEqualTo(Long.compare(start, other));
    }

    @Test
    void refusesDamagedWindows() {
        for (int length : new int[] {0, 15, 17}) {
            assertThatThrownBy(() -> TimeWindowSerializer.INSTANCE.deserialize(1, new byte[length]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("with " + length + " bytes");
        }
        assertThatThrownBy(() -> TimeWindowSerializer.INSTANCE.deserialize(2, new byte[16]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
        assertThat(new TimeWindow(0, 10).maxTimestamp()).isEqualTo(9);
    }
}
