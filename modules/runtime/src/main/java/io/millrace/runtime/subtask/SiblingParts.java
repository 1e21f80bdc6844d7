// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.OperatorState;
import io.millrace.checkpoint.manifest.SubtaskManifest;
import io.millrace.checkpoint.manifest.VertexState;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.runtime.protocol.SubtaskCommand;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what all subtasks of a vertex wrote into a checkpoint. A deployment names the job's manifest only, which leads to
 * the rest, so that its length does not depend on the parallelism. Calls block.
 */
final class SiblingParts {
    private final SnapshotServices snapshots;
    private final SubtaskCommand.Deploy deploy;

    SiblingParts(SnapshotServices snapshots, SubtaskCommand.Deploy deploy) {
        this.snapshots = snapshots;
        this.deploy = deploy;
    }

    /** The parts of that name of an operator, by index of the subtask; none where nothing is restored. */
    SortedMap<Integer, byte[]> read(String operatorId, String name) throws IOException {
        TreeMap<Integer, byte[]> parts = new TreeMap<>();
        SubtaskCommand.Restore restore = deploy.restore();
        if (restore == null) {
            return parts;
        }
        List<StoredFile> manifests = manifests(restore);
        for (int i = 0; i < manifests.size(); i++) {
            StoredFile part = partOf(operatorId, name, manifest(i, manifests.get(i), restore));
            if (part != null) {
                parts.put(i, bytesOf(part));
            }
        }
        return parts;
    }

    private List<StoredFile> manifests(SubtaskCommand.Restore restore) throws IOException {
        return snapshots.manifests().readJob(restore.jobManifest()).vertices().stream()
                .filter(vertex -> vertex.vertexId().equals(deploy.subtask().vertexId()))
                .findFirst()
                .map(VertexState::subtasks)
                .orElse(List.of());
    }

    private SubtaskManifest manifest(int index, StoredFile file, SubtaskCommand.Restore restore) throws IOException {
        SubtaskManifest manifest = snapshots.manifests().readSubtask(file);
        requireOf(new SubtaskId(deploy.subtask().vertexId(), index), manifest, file, deploy, restore);
        return manifest;
    }

    private static @Nullable StoredFile partOf(String operatorId, String name, SubtaskManifest manifest) {
        for (OperatorState operator : manifest.operators()) {
            if (operator.operatorId().equals(operatorId)) {
                return operator.parts().get(name);
            }
        }
        return null;
    }

    byte[] bytesOf(StoredFile part) throws IOException {
        try (InputStream in = snapshots.storage().read(part)) {
            return in.readAllBytes();
        }
    }

    /**
     * Checks that a manifest is that of a subtask in the checkpoint to be restored.
     *
     * @throws CorruptSnapshotException when it is not
     */
    static void requireOf(
            SubtaskId subtask,
            SubtaskManifest manifest,
            StoredFile file,
            SubtaskCommand.Deploy deploy,
            SubtaskCommand.Restore restore)
            throws CorruptSnapshotException {
        boolean fits = manifest.jobId().equals(deploy.job().jobId())
                && manifest.vertexId().equals(subtask.vertexId())
                && manifest.subtaskIndex() == subtask.index()
                && manifest.checkpointId() == restore.checkpointId();
        if (!fits) {
            throw new CorruptSnapshotException("The manifest " + file.path()
                    + " belongs to another subtask or checkpoint: " + manifest.jobId() + ", "
                    + manifest.vertexId() + " " + manifest.subtaskIndex() + ", checkpoint "
                    + manifest.checkpointId() + ".");
        }
    }
}
