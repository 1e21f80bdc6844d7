// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import java.util.List;

/**
 * What was submitted, as journalled.
 *
 * @param jobName name, and id, of the job
 * @param jobClass name of the class that defines it
 * @param args its arguments
 * @param parallelism the default parallelism of its operators
 * @param maxParallelism the number of key groups
 * @param settings settings below {@code millrace} that differ for this job, as HOCON text
 * @param startTimeMs when it was first submitted, milliseconds since the epoch
 */
public record JobSpec(
        String jobName,
        String jobClass,
        List<String> args,
        int parallelism,
        int maxParallelism,
        String settings,
        long startTimeMs) {
    /** The job's id: a name is one job of a cluster. */
    public String jobId() {
        return jobName;
    }

    /** The same job, first submitted at another time. */
    public JobSpec startedAt(long newStartTimeMs) {
        return new JobSpec(jobName, jobClass, args, parallelism, maxParallelism, settings, newStartTimeMs);
    }
}
