// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.KeyedStateSettings;
import io.millrace.state.RunWriter;
import io.millrace.state.StateSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * State as of a barrier.
 *
 * <p>Threading: made by the subtask, written by one IO thread, closed by any. Where it is closed while it is written,
 * the entries stay protected until the writer has noticed, for it still reads them; the writer is the one to let go.
 */
final class MemorySnapshot implements StateSnapshot {
    private final KeyedStateSettings settings;
    private final Versions versions;
    private volatile boolean closed;

    // Guarded by this.
    private List<FrozenState> states;
    private boolean begun;
    private boolean writing;

    /** The caller has begun a version for it. */
    MemorySnapshot(KeyedStateSettings settings, Versions versions, List<FrozenState> states) {
        this.settings = settings;
        this.versions = versions;
        this.states = states;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void writeTo(RunWriter run) throws IOException {
        List<FrozenState> frozen = begin();
        try {
            write(frozen, run);
        } finally {
            end();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (!writing) {
                letGo();
            }
        }
    }

    private void write(List<FrozenState> frozen, RunWriter run) throws IOException {
        List<Integer> numbers = new ArrayList<>(frozen.size());
        for (FrozenState state : frozen) {
            numbers.add(run.declareState(state.meta()));
            state.group(settings.firstKeyGroup(), settings.endKeyGroup());
        }
        SortedKeys keys = new SortedKeys();
        for (int keyGroup = settings.firstKeyGroup(); keyGroup < settings.endKeyGroup(); keyGroup++) {
            for (int i = 0; i < frozen.size(); i++) {
                frozen.get(i).write(keyGroup, numbers.get(i), keys, run, this::requireHeld);
            }
        }
    }

    private synchronized List<FrozenState> begin() throws IOException {
        if (begun) {
            throw new IllegalStateException("A snapshot of operator '" + settings.operatorId()
                    + "' is written a second time; take another one.");
        }
        requireHeld();
        begun = true;
        writing = true;
        return states;
    }

    private synchronized void end() {
        writing = false;
        if (closed) {
            letGo();
        }
    }

    private void letGo() {
        states = List.of();
        versions.release();
    }

    private void requireHeld() throws IOException {
        if (closed) {
            throw new IOException("A snapshot of operator '" + settings.operatorId()
                    + "' was closed before it was written; the checkpoint it was for is given up.");
        }
    }
}
