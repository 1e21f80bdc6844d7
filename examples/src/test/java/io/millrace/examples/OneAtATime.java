// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.source.CollectionSource;
import io.millrace.api.source.IndexSplit;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.VersionedSerializer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A collection of which the reader emits one record at a time, with a pause in which all is sent that was emitted: the
 * watermark moves after each record, as far as there is credit.
 */
final class OneAtATime<T> implements Source<T, IndexSplit, List<IndexSplit>> {
    private final CollectionSource<T> source;

    OneAtATime(List<T> records) {
        this.source = new CollectionSource<>(records);
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> createEnumerator(SplitEnumeratorContext<IndexSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<IndexSplit, List<IndexSplit>> restoreEnumerator(
            SplitEnumeratorContext<IndexSplit> context, List<IndexSplit> state) {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SourceReader<T, IndexSplit> createReader(SourceReaderContext context) {
        return new Reader<>(source.createReader(context), context);
    }

    @Override
    public VersionedSerializer<IndexSplit> splitSerializer() {
        return source.splitSerializer();
    }

    @Override
    public VersionedSerializer<List<IndexSplit>> enumeratorStateSerializer() {
        return source.enumeratorStateSerializer();
    }

    private static final class Reader<T> implements SourceReader<T, IndexSplit> {
        private final SourceReader<T, IndexSplit> reader;

        private final SourceReaderContext context;
        private boolean pausing;

        private Reader(SourceReader<T, IndexSplit> reader, SourceReaderContext context) {
            this.reader = reader;
            this.context = context;
        }

        @Override
        public void start() throws Exception {
            reader.start();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output, int maxRecords) throws Exception {
            InputStatus status = reader.pollNext(output, 1);
            pausing = status == InputStatus.MORE_AVAILABLE;
            return pausing ? InputStatus.NOTHING_AVAILABLE : status;
        }

        @Override
        public CompletionStage<Void> isAvailable() {
            return pausing ? context.delay(Duration.ofMillis(5)) : reader.isAvailable();
        }

        @Override
        public List<IndexSplit> snapshotState(long checkpointId) throws Exception {
            return reader.snapshotState(checkpointId);
        }

        @Override
        public void addSplits(List<IndexSplit> splits) throws Exception {
            reader.addSplits(splits);
        }

        @Override
        public void notifyNoMoreSplits() throws Exception {
            reader.notifyNoMoreSplits();
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }
    }
}
