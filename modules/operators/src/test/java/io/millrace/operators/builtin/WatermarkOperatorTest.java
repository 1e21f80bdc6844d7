// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.EmittedWatermark;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatermarkOperatorTest {
    private static final WatermarkStrategy<Long> STRATEGY = WatermarkStrategy.<Long>forBoundedOutOfOrderness(
                    Duration.ofMillis(10))
            .withTimestampAssigner((record, before) -> record);

    private static OperatorHarness harness(OperatorSnapshotCopy restored) throws Exception {
        return OperatorHarness.unkeyed(
                Operators.create(new OperatorSpec.WatermarkSpec(STRATEGY), OperatorHarness.SPECIALISER), restored);
    }

    @Test
    void assignsTimestampsAndEmitsAWatermarkABatch() throws Exception {
        OperatorHarness harness = harness(null);
        harness.process(100L, 1);
        harness.process(90L, 2);
        harness.operator().endOfBatch();
        harness.operator().endOfBatch();
        harness.process(80L, 3);
        harness.operator().endOfBatch();
        assertThat(harness.emitted())
                .containsExactly(
                        new Emitted(100L, 100), new Emitted(90L, 90), new EmittedWatermark(89), new Emitted(80L, 80));
    }

    @Test
    void swallowsWatermarksFromBeforeButTheLast() throws Exception {
        OperatorHarness harness = harness(null);
        assertThat(harness.operator().outputWatermark(1_000)).isEqualTo(Timestamps.NONE);
        harness.process(100L, 1);
        harness.operator().endOfBatch();
        assertThat(harness.advance(5_000)).isTrue();
        assertThat(harness.operator().outputWatermark(5_000)).isEqualTo(89);
        assertThat(harness.operator().outputWatermark(Timestamps.END)).isEqualTo(Timestamps.END);
    }

    @Test
    void doesNotGoBackAfterARestore() throws Exception {
        OperatorHarness before = harness(null);
        before.process(100L, 1);
        before.operator().endOfBatch();
        OperatorHarness after = harness(before.snapshot(1));
        after.process(50L, 1);
        after.operator().endOfBatch();
        after.process(101L, 1);
        after.operator().endOfBatch();
        assertThat(after.watermarks()).containsExactly(89L, 90L);
    }

    @Test
    void aGeneratorCannotEndTheStream() throws Exception {
        WatermarkStrategy<Long> eager = WatermarkStrategy.forGenerator(() -> new WatermarkGenerator<>() {
            @Override
            public void onRecord(Long record, long timestamp) {}

            @Override
            public long currentWatermark() {
                return Timestamps.END;
            }
        });
        OperatorHarness harness = OperatorHarness.unkeyed(
                Operators.create(new OperatorSpec.WatermarkSpec(eager), OperatorHarness.SPECIALISER));
        harness.operator().endOfBatch();
        assertThat(harness.watermarks()).containsExactly(Timestamps.END - 1);
    }

    private static OperatorHarness idling(OperatorSnapshotCopy restored) throws Exception {
        return OperatorHarness.unkeyed(
                Operators.create(
                        new OperatorSpec.WatermarkSpec(STRATEGY.withIdleness(Duration.ofMillis(400))),
                        OperatorHarness.SPECIALISER),
                restored);
    }

    @Test
    void isIdleWhenNoRecordComesForLong() throws Exception {
        OperatorHarness harness = idling(null);
        harness.process(100L, 1);
        harness.operator().endOfBatch();
        harness.passTime(Duration.ofMillis(400));
        assertThat(harness.operator().outputIdle(false)).isFalse();
        harness.passTime(Duration.ofMillis(100));
        assertThat(harness.operator().outputIdle(false)).isTrue();
        assertThat(harness.idlenessChanges()).isEqualTo(1);
        harness.process(101L, 1);
        harness.operator().endOfBatch();
        assertThat(harness.operator().outputIdle(false)).isFalse();
        assertThat(harness.idlenessChanges()).isEqualTo(2);
    }

    @Test
    void isIdleWhereItsInputIs() throws Exception {
        OperatorHarness harness = harness(null);
        assertThat(harness.operator().outputIdle(true)).isTrue();
        assertThat(harness.operator().outputIdle(false)).isFalse();
    }

    @Test
    void isNotIdleWhileReceiversHaveNoRoom() throws Exception {
        OperatorHarness harness = idling(null);
        harness.setRoom(0);
        harness.passTime(Duration.ofMillis(4_000));
        assertThat(harness.operator().outputIdle(false)).isFalse();
    }

    @Test
    void isIdleAfterARestoreWhereItWas() throws Exception {
        OperatorHarness before = idling(null);
        before.passTime(Duration.ofMillis(500));
        OperatorHarness after = idling(before.snapshot(1));
        assertThat(after.operator().outputIdle(false)).isTrue();
    }

    @Test
    void punctuatedWatermarksComeFromTheRecords() throws Exception {
        WatermarkStrategy<Long> marked = WatermarkStrategy.<Long>forPunctuatedGenerator(
                        (record, timestamp) -> record % 10 == 0 ? timestamp : Timestamps.NONE)
                .withTimestampAssigner((record, before) -> record);
        OperatorHarness harness = OperatorHarness.unkeyed(
                Operators.create(new OperatorSpec.WatermarkSpec(marked), OperatorHarness.SPECIALISER));
        for (long record : new long[] {7, 20, 31, 10}) {
            harness.process(record, 0);
        }
        harness.operator().endOfBatch();
        harness.process(10L, 0);
        harness.operator().endOfBatch();
        assertThat(harness.watermarks()).containsExactly(20L);
    }

    @Test
    void damagedStateIsNamed() throws Exception {
        OperatorSnapshotCopy snapshot = harness(null).snapshot(4);
        assertThatThrownBy(() -> harness(snapshot.with("watermark", new byte[] {1, 2})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'watermark'")
                .hasMessageContaining("operator-id")
                .hasMessageContaining("checkpoint 4");
        assertThatThrownBy(() -> harness(snapshot.with("watermark", new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0})))
                .hasMessageContaining("format is 9");
        assertThatThrownBy(() -> harness(snapshot.with("watermark", new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 7})))
                .hasMessageContaining("1 bytes are left over");
    }
}
