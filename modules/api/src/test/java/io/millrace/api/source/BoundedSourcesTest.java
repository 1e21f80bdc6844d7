// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.types.TypeHint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BoundedSourcesTest {
    private static List<IndexSplit> splits(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new IndexSplit("s" + i, i, i + 1, i))
                .toList();
    }

    /** All records, read by as many readers as there are splits. */
    private static <T> List<T> readAll(Source<T, IndexSplit, ?> source, List<IndexSplit> splits) throws Exception {
        FakeReaderOutput<T> output = new FakeReaderOutput<>();
        for (IndexSplit split : splits) {
            SourceReader<T, IndexSplit> reader = source.createReader(new FakeReaderContext(1));
            reader.start();
            reader.addSplits(List.of(split));
            reader.notifyNoMoreSplits();
            while (reader.pollNext(output, 3) == InputStatus.MORE_AVAILABLE) {
                assertThat(output.records).hasSizeLessThan(1000);
            }
            reader.close();
        }
        return output.records;
    }

    @Test
    void dealsSplitsOutAndSaysWhenNoneAreLeft() {
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(2);
        new FixedSplitEnumerator<>(context, splits(3)).start();

        assertThat(context.events).containsExactly("s0 -> 0", "s1 -> 1", "s2 -> 0", "no more -> 0", "no more -> 1");
    }

    @Test
    void tellsReadersAtOnceWhenThereIsNothing() {
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(2);
        FixedSplitEnumerator<IndexSplit> enumerator = new FixedSplitEnumerator<>(context, List.of());
        enumerator.start();
        enumerator.handleSplitRequest(1);

        assertThat(context.events).containsExactly("no more -> 0", "no more -> 1");
        assertThat(enumerator.snapshotState(1)).isEmpty();
    }

    @Test
    void keepsTheRestForReadersThatAsk() {
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(2);
        int dealt = 2 * FixedSplitEnumerator.SPLITS_A_READER;
        FixedSplitEnumerator<IndexSplit> enumerator = new FixedSplitEnumerator<>(context, splits(dealt + 2));
        enumerator.start();
        assertThat(context.events).hasSize(dealt).noneMatch(event -> event.startsWith("no more"));
        assertThat(enumerator.snapshotState(1))
                .extracting(IndexSplit::splitId)
                .containsExactly("s" + dealt, "s" + (dealt + 1));

        context.events.clear();
        enumerator.handleSplitRequest(1);
        enumerator.handleSplitRequest(1);
        enumerator.handleSplitRequest(0);
        assertThat(context.events)
                .containsExactly("s" + dealt + " -> 1", "s" + (dealt + 1) + " -> 1", "no more -> 0", "no more -> 1");
        assertThat(context.assigned).doesNotHaveDuplicates().hasSize(dealt + 2);
    }

    @Test
    void aSnapshotDoesNotChangeAfterwards() {
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(1);
        FixedSplitEnumerator<IndexSplit> enumerator =
                new FixedSplitEnumerator<>(context, splits(FixedSplitEnumerator.SPLITS_A_READER + 1));
        enumerator.start();
        List<IndexSplit> snapshot = enumerator.snapshotState(1);
        enumerator.handleSplitRequest(0);

        assertThat(snapshot).hasSize(1);
        assertThat(enumerator.snapshotState(2)).isEmpty();
    }

    @Test
    void readsACollectionInOrder() throws Exception {
        List<String> elements = new ArrayList<>(List.of("a", "b", "c", "d"));
        CollectionSource<String> source = new CollectionSource<>(elements);
        elements.clear();
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(3);
        source.createEnumerator(context).start();

        assertThat(context.assigned).containsExactly(new IndexSplit("elements", 0, 4, 0));
        assertThat(readAll(source, context.assigned)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void sequencesIncludeBothEnds() throws Exception {
        assertThat(sequence(3, 6)).containsExactly(3L, 4L, 5L, 6L);
        assertThat(sequence(-1, 1)).containsExactly(-1L, 0L, 1L);
        assertThat(sequence(7, 7)).containsExactly(7L);
        assertThat(sequence(7, 6)).isEmpty();
        assertThat(sequence(Long.MAX_VALUE, Long.MIN_VALUE)).isEmpty();
        assertThat(sequence(Long.MAX_VALUE - 1, Long.MAX_VALUE)).containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(sequence(Long.MIN_VALUE, Long.MIN_VALUE)).containsExactly(Long.MIN_VALUE);
    }

    @SuppressWarnings("unchecked")
    private static List<Long> sequence(long from, long to) throws Exception {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
        env.fromSequence(from, to);
        OperatorSpec.SourceSpec spec = (OperatorSpec.SourceSpec)
                env.logicalPlan().transformations().get(0).spec();
        Source<Long, IndexSplit, List<IndexSplit>> source = (Source<Long, IndexSplit, List<IndexSplit>>) spec.source();
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(1);
        source.createEnumerator(context).start();
        return readAll(source, context.assigned);
    }

    @Test
    void readsAnEmptyCollection() throws Exception {
        CollectionSource<String> source = new CollectionSource<>(List.of());
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(1);
        source.createEnumerator(context).start();

        assertThat(readAll(source, context.assigned)).isEmpty();
    }

    @Test
    void aRestoredCollectionIsNotReadTwice() throws Exception {
        CollectionSource<String> source = new CollectionSource<>(List.of("a"));
        FakeEnumeratorContext<IndexSplit> before = new FakeEnumeratorContext<>(1);
        SplitEnumerator<IndexSplit, List<IndexSplit>> enumerator = source.createEnumerator(before);
        enumerator.start();
        FakeEnumeratorContext<IndexSplit> after = new FakeEnumeratorContext<>(2);
        byte[] state = source.enumeratorStateSerializer().serialize(enumerator.snapshotState(1));
        source.restoreEnumerator(after, source.enumeratorStateSerializer().deserialize(1, state))
                .start();

        assertThat(after.events).containsExactly("no more -> 0", "no more -> 1");
    }

    @Test
    void generatorsShareTheIndicesEvenly() throws Exception {
        for (int readers : new int[] {1, 2, 3, 7}) {
            for (long count : new long[] {0, 1, 6, 7, 100}) {
                GeneratorSource<Long> source = GeneratorSource.of(i -> i, count, Long.class);
                FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(readers);
                source.createEnumerator(context).start();

                assertThat(context.assigned).hasSize(readers).allMatch(split -> {
                    long size = split.end() - split.first();
                    return size == count / readers || size == (count + readers - 1) / readers;
                });
                assertThat(context.events.subList(0, readers))
                        .isEqualTo(IntStream.range(0, readers)
                                .mapToObj(i -> "range-" + i + " -> " + i)
                                .toList());
                assertThat(readAll(source, context.assigned))
                        .isEqualTo(LongStream.range(0, count).boxed().toList());
            }
        }
    }

    @Test
    void hugeGeneratorsDoNotOverflow() throws Exception {
        FakeEnumeratorContext<IndexSplit> context = new FakeEnumeratorContext<>(3);
        GeneratorSource.of(i -> i, Long.MAX_VALUE, Long.class)
                .createEnumerator(context)
                .start();

        assertThat(context.assigned.get(0).first()).isZero();
        assertThat(context.assigned.get(1).first())
                .isEqualTo(context.assigned.get(0).end());
        assertThat(context.assigned.get(2).end()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void readersShareTheRate() throws Exception {
        GeneratorSource<Long> source =
                GeneratorSource.of(i -> i, 1000, Long.class).withRate(400);
        FakeReaderContext context = new FakeReaderContext(4);
        FakeReaderOutput<Long> output = new FakeReaderOutput<>();
        SourceReader<Long, IndexSplit> reader = source.createReader(context);
        reader.start();
        reader.addSplits(List.of(new IndexSplit("range-0", 0, 1000, 0)));
        context.advance(499);
        reader.pollNext(output, 1000);

        assertThat(output.records).hasSize(50);
    }

    @Test
    void checksItsSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GeneratorSource.of(i -> i, -1, Long.class))
                .withMessage("A generator makes 0 or more records, not -1");
        GeneratorSource<Long> source = GeneratorSource.of(i -> i, 1, Long.class);
        for (double rate : new double[] {0, -1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> source.withRate(rate))
                    .withMessage("A rate is more than 0 records a second, not " + rate);
        }
        assertThat(source.producedType()).contains(TypeHint.of(Long.class));
    }
}
