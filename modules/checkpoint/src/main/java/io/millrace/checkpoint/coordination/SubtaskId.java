// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

/**
 * Names a subtask within its job.
 *
 * @param vertexId the vertex's stable id
 * @param index the subtask's index, from 0
 */
public record SubtaskId(String vertexId, int index) {
    public SubtaskId {
        if (vertexId.isEmpty() || index < 0) {
            throw new IllegalArgumentException(
                    "Expected a vertex and an index of at least 0, found \"" + vertexId + "\" and " + index);
        }
    }

    /** Such as {@code count-0}, for people. */
    @Override
    public String toString() {
        return vertexId + "-" + index;
    }
}
