// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.SidedRecord;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.Codecs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Windows of two streams. */
class CoGroupedWindowsTest {
    private static final OutputTag<Object> LATE = new OutputTag<>("late", Object.class);
    private static final ProcessWindowFunction<SidedRecord, Object, String, TimeWindow> DESCRIBE =
            (key, context, records, out) -> {
                StringBuilder text = new StringBuilder(key + context.window().start());
                records.forEach(
                        record -> text.append(record.left() ? " <" : " >").append(record.value()));
                out.collect(text.toString());
            };

    private static OperatorHarness harness(
            WindowAssigner<Object, TimeWindow> assigner,
            Lateness<?> lateness,
            @Nullable Trigger<?, ?> trigger,
            @Nullable Evictor<?, ?> evictor,
            OperatorHarness.@Nullable Pending restored)
            throws Exception {
        WindowBody body = new WindowBody.CoGrouping(null, null, DESCRIBE, DESCRIBE);
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(assigner, body, lateness, trigger, evictor);
        return OperatorHarness.keyed(
                new WindowOperators(OperatorHarness.SPECIALISER, Codecs::forTypeOrSelfDescribing).create(spec),
                restored == null ? null : restored.copy());
    }

    private static void feed(OperatorHarness harness) throws Exception {
        harness.processInput(0, "a", "l1", 1);
        harness.processInput(1, "a", 11L, 12);
        harness.processInput(1, "a", 2L, 9);
        harness.processInput(0, "b", "l2", 3);
    }

    @Test
    void holdWhatBothStreamsHave() throws Exception {
        OperatorHarness harness =
                harness(TumblingEventTimeWindows.of(Duration.ofMillis(10)), Lateness.drop(), null, null, null);
        feed(harness);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactlyInAnyOrder("a0 <l1 >2", "b0 <l2", "a10 >11");
    }

    @Test
    void mayOverlap() throws Exception {
        OperatorHarness harness = harness(
                SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10)),
                Lateness.drop(),
                null,
                null,
                null);
        feed(harness);
        harness.advance(Timestamps.END);
        assertThat(harness.records())
                .containsExactlyInAnyOrder("a-10 <l1 >2", "b-10 <l2", "a0 <l1 >11 >2", "b0 <l2", "a10 >11");
    }

    @Test
    void aRecordOfOneStreamJoinsSessionsOfTheOther() throws Exception {
        OperatorHarness harness =
                harness(EventTimeSessionWindows.withGap(Duration.ofMillis(5)), Lateness.drop(), null, null, null);
        harness.processInput(0, "a", "first", 0);
        harness.processInput(0, "a", "last", 8);
        harness.processInput(1, "a", 1L, 4);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).hasSize(1);
        assertThat(harness.records().get(0).toString()).contains("<first", "<last", ">1");
    }

    @Test
    void areRestored() throws Exception {
        WindowAssigner<Object, TimeWindow> assigner = TumblingEventTimeWindows.of(Duration.ofMillis(10));
        OperatorHarness before = harness(assigner, Lateness.drop(), null, null, null);
        feed(before);
        OperatorHarness after = harness(assigner, Lateness.drop(), null, null, before.barrier(1));
        after.processInput(0, "a", "l3", 5);
        after.advance(Timestamps.END);
        assertThat(after.records()).containsExactlyInAnyOrder("a0 <l1 >2 <l3", "b0 <l2", "a10 >11");
    }

    @Test
    void updateForLateRecordsAndSendOnWhatIsTooLate() throws Exception {
        Lateness<Object> lateness = Lateness.update(Duration.ofMillis(10)).thenToSideOutput(LATE);
        OperatorHarness harness =
                harness(TumblingEventTimeWindows.of(Duration.ofMillis(10)), lateness, null, null, null);
        feed(harness);
        harness.advance(9);
        harness.processInput(1, "b", 3L, 4);
        harness.advance(19);
        harness.processInput(0, "b", "too late", 5);
        assertThat(harness.records()).containsExactlyInAnyOrder("a0 <l1 >2", "b0 <l2", "b0 <l2 >3", "a10 >11");
        assertThat(harness.side("late")).containsExactly(new Emitted("too late", 5));
    }

    @Test
    void fireWhenTheirTriggerSaysSo() throws Exception {
        OperatorHarness harness = harness(
                TumblingEventTimeWindows.of(Duration.ofMillis(10)), Lateness.drop(), CountTrigger.of(2), null, null);
        feed(harness);
        assertThat(harness.records()).containsExactly("a0 <l1 >2");
    }

    @Test
    void giveUpRecordsOfEitherStreamToAnEvictor() throws Exception {
        OperatorHarness harness = harness(
                TumblingEventTimeWindows.of(Duration.ofMillis(10)), Lateness.drop(), null, CountEvictor.of(1), null);
        feed(harness);
        harness.advance(Timestamps.END);
        assertThat(harness.records()).containsExactlyInAnyOrder("a0 >2", "b0 <l2", "a10 >11");
    }
}
