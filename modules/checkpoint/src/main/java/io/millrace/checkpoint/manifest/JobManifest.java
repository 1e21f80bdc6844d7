// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A whole checkpoint of a job: the file that the journal refers to.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param jobId the job that took the checkpoint
 * @param jobName its name, for people
 * @param checkpointId the checkpoint
 * @param epoch the job's epoch in which it was taken
 * @param kind why it was taken
 * @param timestampMs when it was triggered, in milliseconds since 1970
 * @param maxParallelism number of key groups of the job
 * @param fingerprint the fingerprint of the job graph; kept sorted
 * @param vertices the vertices, each once
 */
public record JobManifest(
        int formatVersion,
        String jobId,
        String jobName,
        long checkpointId,
        long epoch,
        CheckpointKind kind,
        long timestampMs,
        int maxParallelism,
        Map<String, String> fingerprint,
        List<VertexState> vertices) {
    /** The format this version writes, and the only one it reads. */
    public static final int FORMAT_VERSION = 1;

    public JobManifest {
        Require.version(FORMAT_VERSION, formatVersion);
        Require.notEmpty("jobId", jobId);
        Require.atLeast("checkpointId", 0, checkpointId);
        Require.atLeast("epoch", 0, epoch);
        Require.atLeast("maxParallelism", 1, maxParallelism);
        fingerprint = Collections.unmodifiableMap(new TreeMap<>(fingerprint));
        vertices = List.copyOf(vertices);
        Set<String> ids = new HashSet<>();
        for (VertexState vertex : vertices) {
            if (!ids.add(vertex.vertexId())) {
                throw new IllegalArgumentException(
                        "vertices: expected each vertex once, found " + vertex.vertexId() + " twice");
            }
        }
    }
}
