// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.state.RunReader;
import io.millrace.state.RunWriter;
import io.millrace.state.StateMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A run on the heap. */
final class HeapRun implements RunWriter {
    private record Entry(byte[] key, byte[] value) {}

    private final List<StateMeta> states = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public int declareState(StateMeta meta) {
        states.add(meta);
        return states.size() - 1;
    }

    @Override
    public void append(byte[] key, int keyLength, byte[] value, int valueLength) {
        entries.add(new Entry(Arrays.copyOf(key, keyLength), Arrays.copyOf(value, valueLength)));
    }

    RunReader reader() {
        return new Reader();
    }

    private final class Reader implements RunReader {
        private int next;

        @Override
        public List<StateMeta> states() {
            return states;
        }

        @Override
        public boolean next() {
            return next++ < entries.size();
        }

        @Override
        public byte[] key() {
            return entries.get(next - 1).key();
        }

        @Override
        public byte[] value() {
            return entries.get(next - 1).value();
        }

        @Override
        public void close() {}
    }
}
