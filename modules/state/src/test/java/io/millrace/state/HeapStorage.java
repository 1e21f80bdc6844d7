// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** Files as arrays. Checks nothing, so that what a test sees is the run file's own checks. */
public final class HeapStorage implements SnapshotStorage {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public StoredFile write(String path, Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.writeTo(out);
        return put(path, out.toByteArray());
    }

    /** Replaces a file; the answer is its handle. */
    public StoredFile put(String path, byte[] bytes) {
        files.put(path, bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return new StoredFile(path, bytes.length, crc.getValue());
    }

    public byte[] bytes(StoredFile file) {
        return files.get(file.path()).clone();
    }

    @Override
    public InputStream read(StoredFile file) throws IOException {
        byte[] bytes = files.get(file.path());
        if (bytes == null) {
            throw new FileNotFoundException(file.path());
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public List<String> list(String directory) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .toList();
    }

    @Override
    public void delete(List<String> paths) {
        paths.forEach(files::remove);
    }
}
