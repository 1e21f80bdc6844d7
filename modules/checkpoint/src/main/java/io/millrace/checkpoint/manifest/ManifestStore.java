// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes and reads manifests in a snapshot storage. Calls block; thread-safe as its storage is. Whatever is wrong with
 * a manifest's bytes is a {@link CorruptSnapshotException} that names the file and, where it is known, the field.
 */
public final class ManifestStore {
    /** Larger files are refused unread; a subtask of a thousand operators needs less than a hundredth. */
    public static final long MAX_MANIFEST_BYTES = 64L * 1024 * 1024;

    private final SnapshotStorage storage;

    public ManifestStore(SnapshotStorage storage) {
        this.storage = storage;
    }

    /** Writes a subtask's manifest durably. The files it names must have been written before. */
    public StoredFile write(String path, SubtaskManifest manifest) throws IOException {
        return write(path, ManifestJson.write(manifest));
    }

    /** Writes a job's manifest durably. The files it names must have been written before. */
    public StoredFile write(String path, JobManifest manifest) throws IOException {
        return write(path, ManifestJson.write(manifest));
    }

    private StoredFile write(String path, byte[] json) throws IOException {
        if (json.length > MAX_MANIFEST_BYTES) {
            throw new IOException("Manifest " + path + " would have " + json.length + " bytes, more than the limit of "
                    + MAX_MANIFEST_BYTES + " that it could be read with");
        }
        return storage.write(path, out -> out.write(json));
    }

    /** Reads a subtask's manifest. */
    public SubtaskManifest readSubtask(StoredFile file) throws IOException {
        return ManifestJson.readSubtask(file.path(), bytesOf(file));
    }

    /** Reads a job's manifest. */
    public JobManifest readJob(StoredFile file) throws IOException {
        return ManifestJson.readJob(file.path(), bytesOf(file));
    }

    /**
     * Paths of every file that a checkpoint needs: its job manifest, its subtasks' and all that those name.
     *
     * @throws CorruptSnapshotException when one of the manifests cannot be read; nothing may be deleted then
     */
    public Set<String> referencedPaths(StoredFile jobManifest) throws IOException {
        Set<String> paths = new TreeSet<>();
        paths.add(jobManifest.path());
        for (VertexState vertex : readJob(jobManifest).vertices()) {
            for (StoredFile subtask : vertex.subtasks()) {
                paths.add(subtask.path());
                paths.addAll(readSubtask(subtask).referencedPaths());
            }
        }
        return paths;
    }

    private byte[] bytesOf(StoredFile file) throws IOException {
        if (file.length() < 0 || file.length() > MAX_MANIFEST_BYTES) {
            throw new CorruptSnapshotException("Manifest " + file.path() + " is said to have " + file.length()
                    + " bytes; expected 0 to " + MAX_MANIFEST_BYTES);
        }
        try (InputStream in = storage.read(file)) {
            return in.readAllBytes(); // to the end, where the checksum is compared
        }
    }
}
