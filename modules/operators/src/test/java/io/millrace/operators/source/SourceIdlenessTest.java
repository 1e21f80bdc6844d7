// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.source.InputStatus;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import io.millrace.operators.source.ScriptedSource.NamedSplit;
import io.millrace.serialization.ByteWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceIdlenessTest {
    private static final Duration TIMEOUT = Duration.ofMillis(1_000);
    private static final Duration LONG = TIMEOUT.multipliedBy(3);
    private static final WatermarkStrategy<Long> STRATEGY = WatermarkStrategy.<Long>forMonotonousTimestamps()
            .withTimestampAssigner((record, before) -> record)
            .withIdleness(TIMEOUT);

    private ScriptedSource source = new ScriptedSource();

    private OperatorHarness harness(OperatorSnapshotCopy restored) throws Exception {
        return OperatorHarness.unkeyed(new SourceReaderOperator<>(source, STRATEGY), restored);
    }

    private static void assign(OperatorHarness harness, String... splits) throws Exception {
        for (String split : splits) {
            harness.process(new SplitAssignment(0, new NamedSplit(split)), Timestamps.NONE);
        }
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

    /** The reader says that nothing is there, and is waited for. */
    private static void waitFor(OperatorHarness harness, Duration time) throws Exception {
        assertThat(harness.puller().poll(100)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        harness.passTime(time);
    }

    private static boolean isIdle(OperatorHarness harness) {
        return harness.operator().outputIdle(false);
    }

    @Test
    void aSilentSplitNoLongerHoldsTheOthers() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "silent", "busy");
        for (long i = 0; i < 8; i++) {
            read(harness, "busy", 100 + i);
            harness.passTime(TIMEOUT.dividedBy(4));
        }
        assertThat(harness.watermarks()).isNotEmpty().endsWith(106L);
        assertThat(isIdle(harness)).isFalse();
    }

    @Test
    void itHoldsThemUntilTheTimeoutHasPassed() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "silent", "busy");
        for (long i = 0; i < 3; i++) {
            read(harness, "busy", 100 + i);
            harness.passTime(TIMEOUT.dividedBy(4));
        }
        assertThat(harness.watermarks()).isEmpty();
    }

    @Test
    void whereAllSplitsAreSilentTheReaderIsIdleAndTheHighestCounts() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a", "b");
        read(harness, "a", 10);
        read(harness, "b", 90);
        waitFor(harness, LONG);
        assertThat(isIdle(harness)).isTrue();
        assertThat(harness.idlenessChanges()).isEqualTo(1);
        assertThat(harness.watermarks()).containsExactly(9L, 89L);
    }

    @Test
    void theNextRecordMakesItActiveAgainAndComesAlone() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a");
        read(harness, "a", 10);
        waitFor(harness, LONG);
        read(harness, "a", 5);
        assertThat(source.asked).isEqualTo(1);
        assertThat(isIdle(harness)).isFalse();
        assertThat(harness.idlenessChanges()).isEqualTo(2);
        read(harness, "a", 11);
        assertThat(source.asked).isEqualTo(100);
        assertThat(harness.watermarks()).containsExactly(9L, 10L);
    }

    @Test
    void aSplitThatComesBackBehindDoesNotTakeTheWatermarkBack() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a", "b");
        read(harness, "a", 10);
        read(harness, "b", 90);
        waitFor(harness, LONG);
        read(harness, "a", 20);
        read(harness, "b", 200);
        read(harness, "a", 150);
        assertThat(harness.watermarks()).containsExactly(9L, 89L, 149L);
    }

    @Test
    void timeInWhichNobodyAskedDoesNotCount() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a");
        read(harness, "a", 10);
        harness.passTime(TIMEOUT.multipliedBy(10));
        assertThat(isIdle(harness)).isFalse();
    }

    @Test
    void timeInWhichReceiversHaveNoRoomDoesNotCountForAReaderThatIsWaitedFor() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a");
        read(harness, "a", 10);
        assertThat(harness.puller().poll(100)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        harness.setRoom(0);
        // What comes now nobody asks for.
        source.available.complete(null);
        harness.passTime(LONG);
        assertThat(isIdle(harness)).isFalse();
        harness.setRoom(Integer.MAX_VALUE);
        waitFor(harness, LONG);
        assertThat(isIdle(harness)).isTrue();
    }

    @Test
    void aClockThatJumpsMakesNobodyIdle() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a");
        read(harness, "a", 10);
        harness.puller().poll(100);
        harness.jump(TIMEOUT.multipliedBy(100));
        harness.passTime(TIMEOUT.dividedBy(4));
        assertThat(isIdle(harness)).isFalse();
    }

    @Test
    void aReaderWithoutSplitsIsIdle() throws Exception {
        OperatorHarness harness = harness(null);
        waitFor(harness, LONG);
        assertThat(isIdle(harness)).isTrue();
        assertThat(harness.watermarks()).isEmpty();
        assign(harness, "a");
        assertThat(isIdle(harness)).as("a split may have anything to bring").isFalse();
    }

    @Test
    void aBoundedReaderIsNotIdleWhileSplitsMayCome() throws Exception {
        source = new ScriptedSource.Bounded();
        OperatorHarness harness = harness(null);
        assign(harness, "a");
        read(harness, "a", 10);
        waitFor(harness, LONG);
        assertThat(isIdle(harness)).isFalse();
        harness.process(new SplitAssignment(0, null), Timestamps.NONE);
        assertThat(isIdle(harness)).isTrue();
        assertThat(harness.watermarks()).containsExactly(9L);
    }

    @Test
    void aFinishedSplitCountsForTheHighestInWhateverOrder() throws Exception {
        OperatorHarness harness = harness(null);
        assign(harness, "a", "b");
        read(harness, "a", 10);
        read(harness, "b", 90);
        source.unfinished.remove("b");
        source.polls.add(out -> {
            out.finishSplit("b");
            return InputStatus.MORE_AVAILABLE;
        });
        harness.puller().poll(100);
        waitFor(harness, LONG);
        assertThat(harness.watermarks()).containsExactly(9L, 89L);
    }

    @Test
    void whatWasIdleIsIdleAfterARestore() throws Exception {
        OperatorHarness before = harness(null);
        assign(before, "a", "b");
        read(before, "a", 10);
        read(before, "b", 90);
        waitFor(before, LONG);
        OperatorSnapshotCopy snapshot = before.snapshot(1);

        source = new ScriptedSource();
        OperatorHarness after = harness(snapshot);
        assertThat(isIdle(after)).isTrue();
        read(after, "b", 300);
        assertThat(isIdle(after)).isFalse();
        assertThat(after.watermarks()).as("a is idle still").containsExactly(89L, 299L);
    }

    @Test
    void partsFromBeforeIdlenessAreRead() throws Exception {
        ByteWriter part = new ByteWriter();
        part.writeByte(1);
        part.writeByte(0);
        part.writeLong(9);
        part.writeVarInt(1);
        part.writeVarInt(1);
        part.writeVarInt(1);
        part.writeBytes(new byte[] {'a'}, 0, 1);
        part.writeLong(9);
        OperatorHarness harness = harness(harness(null).snapshot(1).with("splits", part.toByteArray()));
        assertThat(isIdle(harness)).isFalse();
        assertThat(source.calls).contains("add a");
        assertThat(harness.watermarks()).containsExactly(9L);
    }

    @Test
    void periodicGeneratorsFollowTheClockWithoutRecords() throws Exception {
        WatermarkStrategy<Long> follows =
                WatermarkStrategy.forPeriodicGenerator(ClockGenerator::new, Duration.ofMillis(100));
        OperatorHarness harness = OperatorHarness.unkeyed(new SourceReaderOperator<>(source, follows));
        assign(harness, "a");
        harness.passTime(Duration.ofMillis(250));
        assertThat(harness.watermarks()).containsExactly(1_100L, 1_200L);
        assertThat(harness.delays()).containsOnly(Duration.ofMillis(100));
    }
}
