// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.time.Timestamps;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WatermarkAlignmentsTest {
    private static final SubtaskId A = new SubtaskId("a", 0);
    private static final SubtaskId B = new SubtaskId("b", 0);
    private static final SubtaskId C = new SubtaskId("b", 1);
    private static final List<SubtaskId> ALL = List.of(A, B, C);

    private final WatermarkAlignments alignments = new WatermarkAlignments();

    private List<SubtaskCommand.AlignWatermark> report(String group, SubtaskId subtask, long watermark) {
        return alignments.on(new SubtaskEvent.SourceWatermark(subtask, 4, group, watermark));
    }

    private static SubtaskCommand.AlignWatermark told(SubtaskId subtask, long lowest) {
        return new SubtaskCommand.AlignWatermark(subtask, 4, lowest);
    }

    @Test
    void whoReportsIsToldTheLowest() {
        assertThat(report("g", A, 10)).containsExactly(told(A, 10));
        assertThat(report("g", B, 30)).containsExactly(told(B, 10));
        assertThat(report("g", A, 40)).containsExactly(told(A, 30));
    }

    @Test
    void groupsHaveNothingToDoWithEachOther() {
        report("g", A, 10);
        assertThat(report("h", B, 30)).containsExactly(told(B, 30));
    }

    @Test
    void whoIsIdleOrAtItsEndHoldsNobody() {
        report("g", A, 10);
        report("g", B, 30);
        assertThat(report("g", A, Timestamps.END)).containsExactly(told(A, 30));
        assertThat(report("g", B, Timestamps.END)).containsExactly(told(B, Timestamps.END));
    }

    @Test
    void allAreToldWhenTheLastHasItsFirstWatermark() {
        report("g", A, 10);
        assertThat(report("g", B, Timestamps.NONE)).containsExactly(told(B, Timestamps.NONE));
        assertThat(report("g", A, 12)).containsExactly(told(A, Timestamps.NONE));
        assertThat(report("g", B, 5)).containsExactlyInAnyOrder(told(A, 5), told(B, 5));
    }

    @Test
    void whoComesBackHoldsTheOthersAgain() {
        report("g", A, 100);
        report("g", B, Timestamps.END);
        assertThat(report("g", B, 20)).containsExactly(told(B, 20));
        assertThat(report("g", A, 100)).containsExactly(told(A, 20));
    }

    /** Whatever is reported, and whichever reports are repeated: an answer is the lowest of the last reports. */
    @Property(tries = 300)
    void everyAnswerIsTheLowestOfWhatWasReportedLast(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 299) Integer> reports) {
        WatermarkAlignments tested = new WatermarkAlignments();
        Map<SubtaskId, Long> last = new HashMap<>();
        for (int report : reports) {
            SubtaskId subtask = ALL.get(report % 3);
            long watermark = report < 20 ? Timestamps.NONE : report > 280 ? Timestamps.END : report;
            last.put(subtask, watermark);
            long lowest =
                    last.values().stream().mapToLong(Long::longValue).min().getAsLong();
            assertThat(tested.on(new SubtaskEvent.SourceWatermark(subtask, 4, "g", watermark)))
                    .contains(told(subtask, lowest))
                    .allMatch(answer -> answer.lowestWatermark() == lowest && last.containsKey(answer.subtask()));
        }
    }
}
