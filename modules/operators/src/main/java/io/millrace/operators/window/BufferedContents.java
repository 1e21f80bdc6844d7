// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.state.NamespacedListState;
import java.util.List;

/** All records. */
final class BufferedContents<W> extends WindowContents<W> {
    private final NamespacedListState<W, Object> records;

    BufferedContents(NamespacedListState<W, Object> records) {
        this.records = records;
    }

    @Override
    boolean add(W window, Object record) {
        return records.add(window, record);
    }

    @Override
    List<Object> read(W window) {
        return records.get(window);
    }

    @Override
    void remove(W window) {
        records.remove(window);
    }

    @Override
    void merge(W target, W source) {
        for (Object record : records.get(source)) {
            records.add(target, record);
        }
        records.remove(source);
    }
}
