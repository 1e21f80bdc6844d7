// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.source.FixedSplitEnumerator;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.source.IndexSplit;
import io.millrace.api.source.InputStatus;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.harness.EmittedWatermark;
import io.millrace.operators.harness.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A generator with its enumerator, stopped at any point and restored. */
class SourceModelTest {
    private static final WatermarkStrategy<Long> BY_INDEX =
            WatermarkStrategy.<Long>forMonotonousTimestamps().withTimestampAssigner((record, before) -> record);

    @Property(tries = 300)
    void everyRecordOnceAndInOrderWhereverItIsRestored(
            @ForAll @IntRange(max = 50) int count,
            @ForAll @IntRange(min = 1, max = 7) int batch,
            @ForAll @IntRange(max = 20) int pollsBefore,
            @ForAll boolean assignedBefore)
            throws Exception {
        GeneratorSource<Long> source = GeneratorSource.of(index -> index, count, Long.class);
        OperatorHarness enumerator = OperatorHarness.unkeyed(new EnumeratorOperator<>(source, 1));
        OperatorHarness reader = OperatorHarness.unkeyed(new SourceReaderOperator<>(source, BY_INDEX));
        List<Object> assignments = enumerator.records();
        // The barrier follows the assignments, so the reader has them before its snapshot: some or all of them early.
        if (assignedBefore) {
            hand(assignments, reader);
        }
        for (int i = 0; i < pollsBefore; i++) {
            reader.puller().poll(batch);
        }
        if (!assignedBefore) {
            hand(assignments, reader);
        }
        OperatorHarness enumeratorAfter =
                OperatorHarness.unkeyed(new EnumeratorOperator<>(source, 1), enumerator.snapshot(1));
        OperatorHarness readerAfter =
                OperatorHarness.unkeyed(new SourceReaderOperator<>(source, BY_INDEX), reader.snapshot(1));
        hand(enumeratorAfter.records(), readerAfter);
        for (int i = 0; i <= count + 1; i++) {
            readerAfter.puller().poll(batch);
        }
        assertThat(readerAfter.puller().poll(batch)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(((EnumeratorOperator<?, ?>) enumeratorAfter.operator()).isFinished())
                .isTrue();
        assertThat(enumeratorAfter.records()).isEmpty();

        List<Object> all = new ArrayList<>(reader.emitted());
        all.addAll(readerAfter.emitted());
        assertThat(all.stream()
                        .filter(one -> !(one instanceof EmittedWatermark))
                        .count())
                .isEqualTo(count);
        List<Object> records = new ArrayList<>(reader.records());
        records.addAll(readerAfter.records());
        assertThat(records).isEqualTo(LongStream.range(0, count).boxed().toList());
        assertThat(readerAfter.watermarks()).isSorted().doesNotContain(Timestamps.END);
    }

    private static void hand(List<Object> assignments, OperatorHarness reader) throws Exception {
        for (Object assignment : assignments) {
            reader.process(assignment, Timestamps.NONE);
        }
    }

    @Property(tries = 50)
    void splitsBeyondTheFirstAreAskedForUntilNoneAreLeft(@ForAll @IntRange(max = 40) int beyond) throws Exception {
        int splits = FixedSplitEnumerator.SPLITS_A_READER + beyond;
        ManySplits source = new ManySplits(splits);
        EnumeratorOperator<IndexSplit, List<IndexSplit>> operator = new EnumeratorOperator<>(source, 1);
        OperatorHarness enumerator = OperatorHarness.unkeyed(operator);
        OperatorHarness reader = OperatorHarness.unkeyed(new SourceReaderOperator<>(source, BY_INDEX));
        int handed = 0;
        int answered = 0;
        for (int i = 0; i < 3 * splits; i++) {
            List<Object> assignments = enumerator.records();
            hand(assignments.subList(handed, assignments.size()), reader);
            handed = assignments.size();
            reader.puller().poll(1);
            if (handed < splits) {
                assertThat(reader.watermarks())
                        .as("a split is not assigned yet")
                        .isEmpty();
            }
            for (; answered < reader.splitRequests(); answered++) {
                operator.handleSplitRequest(0);
            }
        }
        assertThat(reader.puller().poll(1)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(reader.records()).hasSize(2 * splits);
        assertThat(reader.watermarks()).isNotEmpty();
    }
}
