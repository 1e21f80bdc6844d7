// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.FixedSplitEnumerator;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.source.IndexSplit;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.VersionedSerializer;
import java.util.List;
import java.util.stream.LongStream;

/** A generator with a split for every two records. */
final class ManySplits implements BoundedSource<Long, IndexSplit, List<IndexSplit>> {
    private final GeneratorSource<Long> generator;
    private final List<IndexSplit> splits;

    ManySplits(int count) {
        generator = GeneratorSource.of(index -> index, 2L * count, Long.class);
        splits = LongStream.range(0, count)
                .mapToObj(index -> new IndexSplit("split-" + index, 2 * index, 2 * index + 2, 2 * index))
                .toList();
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> createEnumerator(SplitEnumeratorContext<IndexSplit> context) {
        return new FixedSplitEnumerator<>(context, splits);
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> restoreEnumerator(
            SplitEnumeratorContext<IndexSplit> context, List<IndexSplit> state) {
        return new FixedSplitEnumerator<>(context, state);
    }

    @Override
    public SourceReader<Long, IndexSplit> createReader(SourceReaderContext context) {
        return generator.createReader(context);
    }

    @Override
    public VersionedSerializer<IndexSplit> splitSerializer() {
        return generator.splitSerializer();
    }

    @Override
    public VersionedSerializer<List<IndexSplit>> enumeratorStateSerializer() {
        return generator.enumeratorStateSerializer();
    }
}
