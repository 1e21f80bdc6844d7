// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SplitOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps records by split and in order. */
final class CollectedOutput<T> implements ReaderOutput<T> {
    final Map<String, List<T>> bySplit = new LinkedHashMap<>();
    final List<T> all = new ArrayList<>();
    final List<String> finished = new ArrayList<>();

    @Override
    public SplitOutput<T> forSplit(String splitId) {
        List<T> records = bySplit.computeIfAbsent(splitId, ignored -> new ArrayList<>());
        return new SplitOutput<>() {
            @Override
            public void collect(T record) {
                records.add(record);
                all.add(record);
            }

            @Override
            public void collect(T record, long timestamp) {
                throw new AssertionError("Files have no timestamps of their own");
            }
        };
    }

    @Override
    public void finishSplit(String splitId) {
        finished.add(splitId);
    }
}
