// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All state handles of one subtask in one checkpoint.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param jobId the job that took the checkpoint
 * @param vertexId the subtask's vertex
 * @param subtaskIndex its index in the vertex
 * @param epoch the job's epoch in which the checkpoint was taken
 * @param checkpointId the checkpoint
 * @param operators the operators that have state, each once
 * @param channelWatermarks the watermark of each input channel, in the order of the input gate, in milliseconds of event
 *     time; {@link Long#MIN_VALUE} where none has come. Then those of the operators of the chain
 * @param channelStatuses what each input channel has said of itself, in the order of the input gate
 */
public record SubtaskManifest(
        int formatVersion,
        String jobId,
        String vertexId,
        int subtaskIndex,
        long epoch,
        long checkpointId,
        List<OperatorState> operators,
        List<Long> channelWatermarks,
        List<ChannelStatus> channelStatuses) {
    /** The format this version writes, and the only one it reads. Version 1 knew no statuses. */
    public static final int FORMAT_VERSION = 2;

    public SubtaskManifest {
        Require.version(FORMAT_VERSION, formatVersion);
        Require.notEmpty("jobId", jobId);
        Require.notEmpty("vertexId", vertexId);
        Require.atLeast("subtaskIndex", 0, subtaskIndex);
        Require.atLeast("epoch", 0, epoch);
        Require.atLeast("checkpointId", 0, checkpointId);
        operators = List.copyOf(operators);
        channelWatermarks = List.copyOf(channelWatermarks);
        channelStatuses = List.copyOf(channelStatuses);
        Set<String> ids = new HashSet<>();
        for (OperatorState operator : operators) {
            if (!ids.add(operator.operatorId())) {
                throw new IllegalArgumentException(
                        "operators: expected each operator once, found " + operator.operatorId() + " twice");
            }
        }
    }

    /** Paths of all files that it names, without its own. */
    public Set<String> referencedPaths() {
        Set<String> paths = new TreeSet<>();
        for (OperatorState operator : operators) {
            operator.runs().forEach(run -> paths.add(run.path()));
            operator.parts().values().forEach(part -> paths.add(part.path()));
        }
        return paths;
    }
}
