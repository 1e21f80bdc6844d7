// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.checkpoint.coordination.SubtaskId;

/**
 * The subtask that emits into edges.
 *
 * @param subtaskIndex its index, from 0
 * @param seed of what it spreads at random; its edges derive their own from it
 */
public record EdgeOrigin(int subtaskIndex, long seed) {
    private static final long FACTOR = 0xD1342543DE82EF95L;

    /** With a seed that is the same whenever the job gets to the same epoch, and another for every other subtask. */
    public static EdgeOrigin of(String jobId, SubtaskId subtask, long epoch) {
        long seed = jobId.hashCode();
        seed = seed * FACTOR + subtask.vertexId().hashCode();
        seed = seed * FACTOR + subtask.index();
        seed = seed * FACTOR + epoch;
        return new EdgeOrigin(subtask.index(), seed);
    }

    long seedOf(int edge) {
        return seed * FACTOR + edge;
    }
}
