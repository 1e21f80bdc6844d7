// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader emits, with the split it came from. */
final class FakeReaderOutput<T> implements ReaderOutput<T> {
    final List<T> records = new ArrayList<>();
    final List<String> bySplit = new ArrayList<>();
    final List<String> finished = new ArrayList<>();

    @Override
    public SplitOutput<T> forSplit(String splitId) {
        return new SplitOutput<>() {
            @Override
            public void collect(T record) {
                records.add(record);
                bySplit.add(splitId + ":" + record);
            }

            @Override
            public void collect(T record, long timestamp) {
                throw new AssertionError("Index splits have no timestamps");
            }
        };
    }

    @Override
    public void finishSplit(String splitId) {
        finished.add(splitId);
    }
}
