// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import io.millrace.checkpoint.storage.StoredFile;
import java.util.List;

/**
 * One vertex in a checkpoint.
 *
 * @param vertexId the vertex's stable id
 * @param parallelism its number of subtasks
 * @param operatorIds its operators whose state is in the checkpoint: none of them may be missing from a job that
 *     restores it
 * @param subtasks the subtasks' manifests, by subtask index
 */
public record VertexState(String vertexId, int parallelism, List<String> operatorIds, List<StoredFile> subtasks) {
    public VertexState {
        Require.notEmpty("vertexId", vertexId);
        Require.atLeast("parallelism", 1, parallelism);
        operatorIds = List.copyOf(operatorIds);
        subtasks = List.copyOf(subtasks);
        if (subtasks.size() != parallelism) {
            throw new IllegalArgumentException("subtasks: expected one manifest for each of the " + parallelism
                    + " subtasks of vertex " + vertexId + ", found " + subtasks.size());
        }
    }
}
