// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.function.CoGroupFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.ProcessAllWindowFunction;
import io.millrace.api.function.WrappedFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.DeltaTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.ProcessingTimeSessionWindows;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import io.millrace.api.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What windows are when a job is defined, and what is refused. */
class WindowedStreamTest {
    private static final Duration TEN = Duration.ofMillis(10);

    private final StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
    private final DataStream<Long> numbers = env.fromElements(1L, 2L).returns(Long.class);
    private final KeyedStream<Long, Long> keyed = numbers.keyBy(number -> number, Long.class);

    private OperatorSpec.WindowSpec specOf(DataStream<?> results) {
        return (OperatorSpec.WindowSpec) results.node.spec();
    }

    @Test
    void globalWindowsWithoutATriggerAreRefused() {
        assertThatThrownBy(() -> keyed.window(GlobalWindows.create()).reduce(Long::sum))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("never fire")
                .hasMessageContaining("trigger(..)");
        assertThatThrownBy(() -> keyed.window(TumblingEventTimeWindows.of(TEN))
                        .trigger(PurgingTrigger.of(io.millrace.api.window.NeverTrigger.create()))
                        .reduce(Long::sum))
                .hasMessageContaining("purging never");
    }

    @Test
    void sessionsNeedATriggerThatMerges() {
        DeltaTrigger<Long, Window> delta = DeltaTrigger.of(1, (from, to) -> to - from, Long.class);
        assertThatThrownBy(() -> keyed.window(EventTimeSessionWindows.withGap(TEN))
                        .trigger(delta)
                        .reduce(Long::sum))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'delta 1.0'")
                .hasMessageContaining("canMerge()");
        keyed.window(EventTimeSessionWindows.withGap(TEN))
                .trigger(CountTrigger.of(3))
                .reduce(Long::sum);
    }

    @Test
    void noRecordIsLateForTheClock() {
        assertThatThrownBy(() -> keyed.window(TumblingProcessingTimeWindows.of(TEN))
                        .allowedLateness(TEN)
                        .reduce(Long::sum))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("No record is late")
                .hasMessageContaining("processing-time tumbling(size 10 ms)");
    }

    @Test
    void windowsOfTwoStreamsAreCheckedToo() {
        KeyedStream<Long, Long> others = numbers.keyBy(number -> number, Long.class);
        JoinFunction<Long, Long, Long> sum = (left, right) -> left + right;
        CoGroupFunction<Long, Long, String> none = (lefts, rights, out) -> {};
        assertThatThrownBy(
                        () -> keyed.join(others).window(GlobalWindows.create()).apply(sum))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("never fire");
        assertThatThrownBy(() -> keyed.coGroup(others)
                        .window(EventTimeSessionWindows.withGap(TEN))
                        .trigger(DeltaTrigger.of(1, (from, to) -> 1, Object.class))
                        .apply(none))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("canMerge()");
        assertThatThrownBy(() -> keyed.coGroup(others)
                        .window(TumblingProcessingTimeWindows.of(TEN))
                        .late(Lateness.update(TEN))
                        .apply(none))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("No record is late");
    }

    @Test
    void sessionsWithoutAGapAreRefused() {
        assertThatThrownBy(() -> EventTimeSessionWindows.withGap(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one millisecond");
        assertThatThrownBy(() -> ProcessingTimeSessionWindows.withGap(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventTimeSessionWindows.withGap(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void cumulativeWindowsGrowByWholeSteps() throws Exception {
        assertThatThrownBy(() -> CumulativeEventTimeWindows.of(TEN, Duration.ofMillis(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a multiple of it");
        List<TimeWindow> windows = new ArrayList<>();
        CumulativeEventTimeWindows.of(TEN, Duration.ofMillis(5), Duration.ofMillis(1))
                .assignWindows("record", 0, () -> 0, windows::add);
        assertThat(windows).containsExactly(new TimeWindow(-9, 1));
        windows.clear();
        CumulativeEventTimeWindows.of(TEN, Duration.ofMillis(5)).assignWindows("record", 4, () -> 0, windows::add);
        assertThat(windows).containsExactly(new TimeWindow(0, 5), new TimeWindow(0, 10));
    }

    @Test
    void countWindowsAreGlobalOnes() {
        OperatorSpec.WindowSpec tumbling = specOf(keyed.countWindow(3).reduce(Long::sum));
        assertThat(tumbling.details()).isEqualTo("global(), reducing, trigger purging count 3");
        OperatorSpec.WindowSpec sliding = specOf(keyed.countWindow(5, 2).reduce(Long::sum));
        assertThat(sliding.details()).isEqualTo("global(), keeping, reducing, trigger count 2, evictor last 5 records");
        assertThat(((WindowBody.Keeping) sliding.body()).recordType().type()).isEqualTo(Long.class);
        assertThatThrownBy(() -> keyed.countWindow(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void windowsWithoutKeysRunInOneSubtask() {
        ProcessAllWindowFunction<Long, String, TimeWindow> function =
                (context, contents, out) -> out.collect("" + context.window());
        DataStream<String> results =
                numbers.windowAll(TumblingEventTimeWindows.of(TEN)).process(function);
        Transformation node = results.node;
        assertThat(node.parallelism()).isEqualTo(1);
        assertThat(specOf(results).functions())
                .anyMatch(one -> one instanceof WrappedFunction wrapper && wrapper.wrapped() == function);
        assertThat(specOf(numbers.countWindowAll(2).sum(number -> number)).details())
                .isEqualTo("global(), aggregating, trigger purging count 2");
        assertThat(specOf(numbers.countWindowAll(3, 1)
                                .evictor(CountEvictor.of(1))
                                .minBy(number -> number))
                        .details())
                .contains("last 1 records");
    }

    @Test
    void whatAssignersAndTriggersCallIsPartOfTheJob() {
        io.millrace.api.window.SessionWindowTimeGapExtractor<Long> gap = number -> number;
        io.millrace.api.window.DeltaFunction<Long> delta = (from, to) -> to - from;
        OperatorSpec.WindowSpec sessions =
                specOf(keyed.window(EventTimeSessionWindows.withDynamicGap(gap)).reduce(Long::sum));
        assertThat(sessions.functions()).contains(gap);
        assertThat(sessions.details()).isEqualTo("sessions(gap by record), reducing");
        DeltaTrigger<Long, Window> trigger = DeltaTrigger.of(1, delta, Long.class);
        OperatorSpec.WindowSpec global = specOf(keyed.window(GlobalWindows.<Long>create())
                .trigger(PurgingTrigger.of(trigger))
                .reduce(Long::sum));
        assertThat(global.functions()).contains(delta, trigger);
    }

    @Test
    void lowestAndHighestRecordsOfWindows() {
        assertThat(keyed.window(TumblingEventTimeWindows.<Long>of(TEN))
                        .minBy(number -> number)
                        .node
                        .name())
                .isEqualTo("minBy");
        assertThat(keyed.window(TumblingEventTimeWindows.<Long>of(TEN))
                        .maxBy(number -> number)
                        .node
                        .name())
                .isEqualTo("maxBy");
    }
}
