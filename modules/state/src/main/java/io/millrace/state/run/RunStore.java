// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.run;

import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.state.RunReader;
import io.millrace.state.StateSnapshot;
import java.io.IOException;

/** Keeps runs. All calls may block and run on IO threads; implementations are thread-safe. */
public interface RunStore {
    /** Runs as files of a storage, in Millrace's own format. */
    static RunStore on(SnapshotStorage storage) {
        return new FileRunStore(storage);
    }

    /**
     * Writes a snapshot as one run, durably. Leaves the snapshot open.
     *
     * @throws IOException when it cannot be written, or the snapshot was closed meanwhile
     */
    StoredFile write(String path, StateSnapshot snapshot) throws IOException;

    /**
     * Opens a run. Its entries may be acted on only when {@link RunReader#next} has answered false.
     *
     * @throws io.millrace.checkpoint.storage.CorruptSnapshotException when the file is other than its handle says, from
     *     here or from the reader's {@code next}
     */
    RunReader open(StoredFile file) throws IOException;
}
