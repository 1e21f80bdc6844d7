// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import java.io.InputStream;
import java.util.List;

/** The storage of a subtask that takes no checkpoint. */
final class NoStorage implements SnapshotStorage {
    @Override
    public StoredFile write(String path, Content content) {
        throw notExpected();
    }

    @Override
    public InputStream read(StoredFile file) {
        throw notExpected();
    }

    @Override
    public List<String> list(String directory) {
        return List.of();
    }

    @Override
    public void delete(List<String> paths) {
        throw notExpected();
    }

    private static IllegalStateException notExpected() {
        return new IllegalStateException("A subtask that is measured by itself takes no checkpoint.");
    }
}
