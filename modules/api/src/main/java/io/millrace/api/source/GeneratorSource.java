// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Makes records from an index, at a bounded rate: for tests, demonstrations and load. The function must answer the same
 * for the same index, or records differ after a recovery.
 */
@Stable
public final class GeneratorSource<T> implements BoundedSource<T, IndexSplit, List<IndexSplit>> {
    private final LongFunction<T> generator;
    private final long count;
    private final double recordsPerSecond;
    private final TypeHint<T> type;

    private GeneratorSource(LongFunction<T> generator, long count, double recordsPerSecond, TypeHint<T> type) {
        this.generator = generator;
        this.count = count;
        this.recordsPerSecond = recordsPerSecond;
        this.type = type;
    }

    /**
     * @param generator makes the record of an index from 0 to {@code count - 1}
     * @param count how many records, over all readers
     * @param type the records' type
     */
    public static <T> GeneratorSource<T> of(LongFunction<T> generator, long count, Class<T> type) {
        if (count < 0) {
            throw new IllegalArgumentException("A generator makes 0 or more records, not " + count);
        }
        return new GeneratorSource<>(generator, count, Double.POSITIVE_INFINITY, TypeHint.of(type));
    }

    /** The same at a rate, over all readers. */
    public GeneratorSource<T> withRate(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("A rate is more than 0 records a second, not " + perSecond);
        }
        return new GeneratorSource<>(generator, count, perSecond, type);
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> createEnumerator(SplitEnumeratorContext<IndexSplit> context) {
        int readers = context.parallelism();
        List<IndexSplit> splits = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            long first = count / readers * i + Math.min(i, count % readers);
            long end = count / readers * (i + 1) + Math.min(i + 1, count % readers);
            splits.add(new IndexSplit("range-" + i, first, end, first));
        }
        return restoreEnumerator(context, splits);
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> restoreEnumerator(
            SplitEnumeratorContext<IndexSplit> context, List<IndexSplit> state) {
        return new FixedSplitEnumerator<>(context, state);
    }

    @Override
    public SourceReader<T, IndexSplit> createReader(SourceReaderContext context) {
        return new IndexReader<>(context, generator, recordsPerSecond / context.parallelism());
    }

    @Override
    public VersionedSerializer<IndexSplit> splitSerializer() {
        return IndexSplit.SERIALIZER;
    }

    @Override
    public VersionedSerializer<List<IndexSplit>> enumeratorStateSerializer() {
        return new ListSerializer<>(IndexSplit.SERIALIZER);
    }

    @Override
    public Optional<TypeHint<T>> producedType() {
        return Optional.of(type);
    }
}
