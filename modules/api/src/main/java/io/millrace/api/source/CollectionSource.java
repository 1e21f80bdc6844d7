// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import java.util.Collection;
import java.util.List;

/** Reads a collection that the job's definition holds: one split, its position an index. */
@Stable
public final class CollectionSource<T> implements BoundedSource<T, IndexSplit, List<IndexSplit>> {
    private final List<T> elements;

    /**
     * Copies the collection.
     *
     * @throws IllegalArgumentException when an element is null
     */
    public CollectionSource(Collection<T> elements) {
        int index = 0;
        for (T element : elements) {
            if (element == null) {
                throw new IllegalArgumentException(
                        "Records are never null, but element " + index + " of the collection is.");
            }
            index++;
        }
        this.elements = List.copyOf(elements);
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> createEnumerator(SplitEnumeratorContext<IndexSplit> context) {
        return restoreEnumerator(context, List.of(new IndexSplit("elements", 0, elements.size(), 0)));
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> restoreEnumerator(
            SplitEnumeratorContext<IndexSplit> context, List<IndexSplit> state) {
        return new FixedSplitEnumerator<>(context, state);
    }

    @Override
    public SourceReader<T, IndexSplit> createReader(SourceReaderContext context) {
        return new IndexReader<>(context, index -> elements.get((int) index), Double.POSITIVE_INFINITY);
    }

    @Override
    public VersionedSerializer<IndexSplit> splitSerializer() {
        return IndexSplit.SERIALIZER;
    }

    @Override
    public VersionedSerializer<List<IndexSplit>> enumeratorStateSerializer() {
        return new ListSerializer<>(IndexSplit.SERIALIZER);
    }
}
