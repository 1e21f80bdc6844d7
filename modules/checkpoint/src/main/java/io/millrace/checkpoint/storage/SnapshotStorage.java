// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Durable files under relative paths such as {@code job/epoch-3/checkpoint-17/vertex-1-0.run}. All calls may block and
 * run on IO threads; implementations are thread-safe. Path segments are letters, digits, '.', '_' and '-'; anything
 * else is refused, so a path never leaves the storage.
 */
public interface SnapshotStorage {
    /** What fills a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file so that it survives a crash: bytes, length and checksum forced to disk under a temporary name, then
     * renamed, then the directory forced. Readers never see part of it; a file of that name is replaced.
     */
    StoredFile write(String path, Content content) throws IOException;

    /**
     * Opens a file and checks length and checksum against {@code file} while it is read; a mismatch is a
     * {@link CorruptSnapshotException} at the latest at the end of the stream, before which no caller may act on it.
     */
    InputStream read(StoredFile file) throws IOException;

    /** All files below {@code directory}, by relative path of the storage; empty where it does not exist. */
    List<String> list(String directory) throws IOException;

    /** Removes the files and then empty directories; one that is gone already is no error. */
    void delete(List<String> paths) throws IOException;
}
