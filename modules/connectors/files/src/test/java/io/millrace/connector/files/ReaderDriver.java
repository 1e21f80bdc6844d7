// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.SourceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Drives a reader as the engine does, in one thread; fails when it waits for something that never comes. */
final class ReaderDriver<T> {
    final ManualReaderContext context = new ManualReaderContext();
    final CollectedOutput<T> output;
    final SourceReader<T, FileSplit> reader;
    private final int maxRecords;

    ReaderDriver(FileSource<T> source, List<FileSplit> splits, int maxRecords, CollectedOutput<T> output)
            throws Exception {
        this.output = output;
        this.maxRecords = maxRecords;
        this.reader = source.createReader(context);
        reader.addSplits(splits);
        reader.start();
        reader.notifyNoMoreSplits();
    }

    /** All splits of a source, as its enumerator's lister finds them. */
    static List<FileSplit> splits(long splitSize, String... patterns) throws IOException {
        return new FileLister(List.of(patterns), splitSize).call();
    }

    static <T> List<T> readAll(FileSource<T> source, List<FileSplit> splits) throws Exception {
        ReaderDriver<T> driver = new ReaderDriver<>(source, splits, 100, new CollectedOutput<>());
        driver.readToEnd();
        return driver.output.all;
    }

    void readToEnd() throws Exception {
        assertThat(readUntil(Integer.MAX_VALUE)).isEqualTo(InputStatus.END_OF_INPUT);
        reader.close();
    }

    /** Polls until so many records in all are emitted, or the input ends. */
    InputStatus readUntil(int records) throws Exception {
        InputStatus status = InputStatus.MORE_AVAILABLE;
        while (status != InputStatus.END_OF_INPUT && output.all.size() < records) {
            status = reader.pollNext(output, maxRecords);
            while (status == InputStatus.NOTHING_AVAILABLE
                    && !reader.isAvailable().toCompletableFuture().isDone()) {
                assertThat(context.advance())
                        .as("the reader waits for something that comes")
                        .isTrue();
            }
        }
        return status;
    }

    /** What a checkpoint would hold, through its bytes. */
    List<FileSplit> snapshot() throws Exception {
        List<FileSplit> restored = new ArrayList<>();
        for (FileSplit split : reader.snapshotState(1)) {
            restored.add(FileSplit.SERIALIZER.deserialize(1, FileSplit.SERIALIZER.serialize(split)));
        }
        return restored;
    }
}
