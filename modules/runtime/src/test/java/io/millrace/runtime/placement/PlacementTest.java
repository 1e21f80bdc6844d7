// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.plan.Planner;
import io.millrace.runtime.job.JobTopology;
import io.millrace.runtime.protocol.SubtaskCommand;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static List<Slot> slots(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Slot(77, i)).toList();
    }

    private static String shardOf(Placement placement, String vertex, int index) {
        SubtaskId subtask = new SubtaskId(vertex, index);
        return SubtaskEnvelope.shardIdOf(placement
                .address(subtask, 0, new SubtaskCommand.Stop(subtask, 1))
                .entityId());
    }

    /** Two readers, three workers of a group of their own, and a writer that goes back to the readers' group. */
    private static Map<String, Integer> firstSlots() {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 2));
        env.fromSequence(1, 10)
                .uid("read")
                .map(number -> number)
                .slotSharingGroup("heavy")
                .setParallelism(3)
                .uid("work")
                .sinkTo(new DiscardSink<>("placement"))
                .slotSharingGroup("default")
                .uid("write");
        return JobTopology.of(Planner.plan(env.logicalPlan(), StreamJob.class)).firstSlots();
    }

    @Test
    void groupsStandOneBehindTheOther() {
        assertThat(firstSlots()).isEqualTo(Map.of("read.splits", 0, "read", 0, "work", 2, "write", 0));
    }

    @Test
    void aSlotHoldsOneSubtaskOfEachVertexOfAGroup() {
        Placement placement = new Placement("job", slots(8), firstSlots());

        assertThat(shardOf(placement, "read.splits", 0)).isEqualTo("77/0");
        for (int i = 0; i < 2; i++) {
            assertThat(shardOf(placement, "read", i)).isEqualTo("77/" + i);
            assertThat(shardOf(placement, "write", i)).isEqualTo("77/" + i);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(shardOf(placement, "work", i)).isEqualTo("77/" + (2 + i));
        }
    }

    @Test
    void groupsShareSlotsWhereThereAreTooFew() {
        Placement placement = new Placement("job", slots(2), firstSlots());

        assertThat(shardOf(placement, "work", 0)).isEqualTo("77/0");
        assertThat(shardOf(placement, "work", 1)).isEqualTo("77/1");
        assertThat(shardOf(placement, "work", 2)).isEqualTo("77/0");
    }

    @Test
    void aCoordinatorThatBeginsAnewFindsTheSameEntities() {
        SubtaskId subtask = new SubtaskId("work", 2);
        SubtaskCommand message = new SubtaskCommand.Stop(subtask, 1);

        assertThat(new Placement("job", slots(8), firstSlots())
                        .address(subtask, 4, message)
                        .entityId())
                .isEqualTo(new Placement("job", slots(8), firstSlots())
                        .address(subtask, 4, message)
                        .entityId());
    }

    @Test
    void withoutSlotsThereIsNoPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Placement("job", List.of(), Map.of()))
                .withMessage("There is no slot to place the job 'job' on.");
    }
}
