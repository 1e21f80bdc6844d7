// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of one checkpoint's files, relative to the storage:
 *
 * <pre>{@code
 * <job>/epoch-3/checkpoint-17/job.manifest
 * <job>/epoch-3/checkpoint-17/<vertex>-<subtask>.manifest
 * <job>/epoch-3/checkpoint-17/<vertex>-<subtask>-<operator>-<n>.run
 * <job>/epoch-3/checkpoint-17/<vertex>-<subtask>-<operator>-<part>.part
 * }</pre>
 *
 * <p>Ids are escaped ({@link EscapedId}) so that different ids give different names. The epoch is in the path: what a
 * subtask of an older epoch still writes is never mistaken for the current epoch's.
 *
 * @param jobId the job
 * @param epoch the job's epoch
 * @param checkpointId the checkpoint
 */
public record SnapshotPaths(String jobId, long epoch, long checkpointId) {
    private static final Pattern LOCATION =
            Pattern.compile("([^/]+)/epoch-(0|[1-9][0-9]{0,18})/checkpoint-(0|[1-9][0-9]{0,18})/([^/]+)");

    public SnapshotPaths {
        Require.notEmpty("jobId", jobId);
        Require.atLeast("epoch", 0, epoch);
        Require.atLeast("checkpointId", 0, checkpointId);
    }

    /** The directory of all of a job's files. */
    public static String jobDirectory(String jobId) {
        return EscapedId.ofSegment(jobId);
    }

    /** The directory of the checkpoint's files. */
    public String directory() {
        return jobDirectory(jobId) + "/epoch-" + epoch + "/checkpoint-" + checkpointId;
    }

    public String jobManifest() {
        return directory() + "/job.manifest";
    }

    public String subtaskManifest(String vertexId, int subtaskIndex) {
        return subtask(vertexId, subtaskIndex) + ".manifest";
    }

    /**
     * Path of a run of keyed state.
     *
     * @param number tells an operator's runs in this checkpoint apart, from 0
     */
    public String run(String vertexId, int subtaskIndex, String operatorId, int number) {
        Require.atLeast("number", 0, number);
        return subtask(vertexId, subtaskIndex) + "-" + EscapedId.ofPart(operatorId) + "-" + number + ".run";
    }

    /** Path of a named part of an operator's own state. */
    public String part(String vertexId, int subtaskIndex, String operatorId, String partName) {
        return subtask(vertexId, subtaskIndex) + "-" + EscapedId.ofPart(operatorId) + "-" + EscapedId.ofPart(partName)
                + ".part";
    }

    private String subtask(String vertexId, int subtaskIndex) {
        Require.atLeast("subtaskIndex", 0, subtaskIndex);
        return directory() + "/" + EscapedId.ofPart(vertexId) + "-" + subtaskIndex;
    }

    /** Which checkpoint a stored file belongs to; empty for a path that is not of this layout. */
    public static Optional<Location> locate(String path) {
        Matcher matcher = LOCATION.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Location(
                    matcher.group(1),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    matcher.group(4)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // 19 digits beyond the range of a long: not one of ours
        }
    }

    /**
     * What a path says about its file.
     *
     * @param jobDirectory the job's id in escaped form, see {@link SnapshotPaths#jobDirectory}
     * @param epoch the epoch that wrote it
     * @param checkpointId the checkpoint it was written for; later ones may refer to it too
     * @param fileName its last segment
     */
    public record Location(String jobDirectory, long epoch, long checkpointId, String fileName) {
        public boolean isOfJob(String jobId) {
            return jobDirectory.equals(jobDirectory(jobId));
        }

        private static String jobDirectory(String jobId) {
            return SnapshotPaths.jobDirectory(jobId);
        }
    }
}
