// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.source.InputStatus;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.source.ScriptedSource.NamedSplit;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SourceAlignmentTest {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final WatermarkStrategy<Long> ALIGNED = WatermarkStrategy.<Long>forMonotonousTimestamps()
            .withTimestampAssigner((record, before) -> record)
            .withWatermarkAlignment("group", Duration.ofMillis(30), INTERVAL);
    private static final WatermarkStrategy<Long> ALIGNED_AND_IDLE = ALIGNED.withIdleness(Duration.ofMillis(400));

    private final ScriptedSource source = new ScriptedSource();

    private OperatorHarness harness(WatermarkStrategy<Long> strategy, String... splits) throws Exception {
        OperatorHarness harness = OperatorHarness.unkeyed(new SourceReaderOperator<>(source, strategy));
        for (String split : splits) {
            harness.process(new SplitAssignment(0, new NamedSplit(split)), Timestamps.NONE);
        }
        source.calls.clear();
        return harness;
    }

    private void read(OperatorHarness harness, String split, long... records) throws Exception {
        source.polls.add(out -> {
            for (long record : records) {
                out.forSplit(split).collect(record);
            }
            return InputStatus.MORE_AVAILABLE;
        });
        harness.puller().poll(100);
    }

    @Test
    void tellsItsFirstWatermarkAtOnceAndThenEveryInterval() throws Exception {
        OperatorHarness harness = harness(ALIGNED, "a");
        assertThat(harness.reports()).isEmpty();
        read(harness, "a", 11);
        read(harness, "a", 21);
        assertThat(harness.reports()).containsExactly(10L);
        harness.passTime(INTERVAL.multipliedBy(2));
        assertThat(harness.reports()).containsExactly(10L, 20L, 20L);
    }

    @Test
    void withoutAWatermarkItHoldsTheOthers() throws Exception {
        OperatorHarness harness = harness(ALIGNED, "a");
        harness.passTime(INTERVAL);
        assertThat(harness.reports()).containsExactly(Timestamps.NONE);
    }

    @Test
    void withoutSplitsItHoldsNobody() throws Exception {
        OperatorHarness harness = harness(ALIGNED);
        harness.passTime(INTERVAL);
        assertThat(harness.reports()).containsExactly(Timestamps.END);
    }

    @Test
    void aReaderThatIsTooFarAheadIsNotPolledUntilTheOthersHaveComeCloser() throws Exception {
        OperatorHarness harness = harness(ALIGNED, "a");
        harness.puller().alignTo(0);
        read(harness, "a", 31);
        read(harness, "a", 32);
        assertThat(source.polled).as("30 is no more than the drift, 31 is").isEqualTo(2);
        int polled = source.polled;
        assertThat(harness.puller().poll(100)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        source.available.complete(null);
        CompletionStage<Void> available = harness.puller().isAvailable();
        assertThat(available.toCompletableFuture()).isNotDone();
        assertThat(source.polled).isEqualTo(polled);

        harness.puller().alignTo(1);
        assertThat(available.toCompletableFuture()).isDone();
        harness.puller().poll(100);
        assertThat(source.polled).isEqualTo(polled + 1);
    }

    @Test
    void itTellsWhereItIsWhenItIsPaused() throws Exception {
        OperatorHarness harness = harness(ALIGNED, "a");
        harness.puller().alignTo(0);
        read(harness, "a", 10);
        read(harness, "a", 100);
        assertThat(harness.reports()).containsExactly(9L, 99L);
    }

    @Test
    void splitsThatAreTooFarAheadArePausedOneByOneWhereTheReaderCan() throws Exception {
        source.pausesSplits = true;
        OperatorHarness harness = harness(ALIGNED, "fast", "slow");
        harness.puller().alignTo(0);
        read(harness, "slow", 10);
        read(harness, "fast", 100);
        assertThat(source.calls).containsExactly("pause [fast] resume []");
        harness.puller().alignTo(50);
        harness.puller().alignTo(69);
        assertThat(source.calls).containsExactly("pause [fast] resume []", "pause [] resume [fast]");
    }

    @Test
    void aReaderThatCannotIsPolledWhileOneOfItsSplitsIsNotTooFarAhead() throws Exception {
        OperatorHarness harness = harness(ALIGNED, "fast", "slow");
        harness.puller().alignTo(0);
        read(harness, "slow", 10);
        read(harness, "fast", 100);
        int polled = source.polled;
        harness.puller().poll(100);
        assertThat(source.polled).isEqualTo(polled + 1);
        assertThat(source.calls).as("asked once").hasSize(1);
        read(harness, "slow", 90);
        polled = source.polled;
        harness.puller().poll(100);
        assertThat(source.polled).isEqualTo(polled);
    }

    @Test
    void aNewSplitEndsThePauseOfTheReader() throws Exception {
        OperatorHarness harness = harness(ALIGNED, "a");
        harness.puller().alignTo(0);
        read(harness, "a", 100);
        CompletionStage<Void> available = harness.puller().isAvailable();
        harness.process(new SplitAssignment(0, new NamedSplit("b")), Timestamps.NONE);
        assertThat(available.toCompletableFuture()).isDone();
        int polled = source.polled;
        harness.puller().poll(100);
        assertThat(source.polled).isEqualTo(polled + 1);
    }

    @Test
    void whatIsPausedIsNotIdle() throws Exception {
        source.pausesSplits = true;
        OperatorHarness harness = harness(ALIGNED_AND_IDLE, "paused", "silent");
        harness.puller().alignTo(0);
        read(harness, "silent", 10);
        read(harness, "paused", 100);
        harness.puller().poll(100);
        harness.passTime(Duration.ofMillis(5_000));
        assertThat(harness.operator().outputIdle(false)).isFalse();
        assertThat(harness.reports()).as("the silent one holds nobody any more").endsWith(99L);
    }

    @Test
    void idleSplitsAndFinishedReadersHoldNobody() throws Exception {
        OperatorHarness harness = harness(ALIGNED_AND_IDLE, "a");
        read(harness, "a", 10);
        harness.puller().poll(100);
        harness.passTime(Duration.ofMillis(1_000));
        assertThat(harness.reports()).startsWith(9L).endsWith(Timestamps.END);

        read(harness, "a", 20);
        harness.passTime(INTERVAL);
        assertThat(harness.reports()).endsWith(19L);
        harness.process(new SplitAssignment(0, null), Timestamps.NONE);
        source.polls.add(out -> {
            out.finishSplit("a");
            return InputStatus.END_OF_INPUT;
        });
        assertThat(harness.puller().poll(100)).isEqualTo(InputStatus.END_OF_INPUT);
        int reports = harness.reports().size();
        assertThat(harness.reports()).endsWith(Timestamps.END);
        harness.passTime(INTERVAL);
        assertThat(harness.reports()).as("repeated, for it may be lost").hasSize(reports + 1);
        harness.puller().alignTo(0);
        assertThat(harness.puller().poll(100)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void limitsSaturate() {
        WatermarkStrategy<Long> wide =
                ALIGNED.withWatermarkAlignment("group", Duration.ofMillis(Long.MAX_VALUE), INTERVAL);
        assertThat(wide.alignment().limit(Timestamps.NONE)).isEqualTo(Timestamps.NONE);
        assertThat(wide.alignment().limit(1)).isEqualTo(Timestamps.END);
        assertThat(wide.alignment().limit(Timestamps.NONE + 1)).isEqualTo(0);
        assertThat(ALIGNED.alignment().limit(Timestamps.END)).isEqualTo(Timestamps.END);
    }
}
