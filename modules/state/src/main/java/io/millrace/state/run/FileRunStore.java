// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.run;

import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.state.RunReader;
import io.millrace.state.StateSnapshot;
import java.io.IOException;
import java.io.InputStream;

/** Thread-safe where the storage is. */
final class FileRunStore implements RunStore {
    private final SnapshotStorage storage;

    FileRunStore(SnapshotStorage storage) {
        this.storage = storage;
    }

    @Override
    public StoredFile write(String path, StateSnapshot snapshot) throws IOException {
        return storage.write(path, out -> {
            RunFileWriter writer = new RunFileWriter(path, out);
            snapshot.writeTo(writer);
            writer.finish();
        });
    }

    @Override
    public RunReader open(StoredFile file) throws IOException {
        InputStream in = storage.read(file);
        try {
            return new RunFileReader(file, in);
        } catch (IOException | RuntimeException e) {
            closeAfter(e, in);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
