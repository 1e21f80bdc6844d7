// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * How a job is to run.
 *
 * @param parallelism subtasks of operators that set none of their own; 0 takes the configured default
 * @param overrides settings below {@code millrace} that differ for this job, such as {@code checkpointing.interval}; the
 *     prefix may be written or left out
 */
public record JobOptions(int parallelism, Config overrides) {
    private static final String PREFIX = "millrace";

    public JobOptions {
        if (parallelism < 0 || parallelism > 32_768) {
            throw new IllegalArgumentException("A parallelism is 1 to 32768, or 0 for the default, not " + parallelism);
        }
        if (overrides.hasPath(PREFIX)) {
            overrides = overrides.getConfig(PREFIX).withFallback(overrides.withoutPath(PREFIX));
        }
    }

    public static JobOptions defaults() {
        return new JobOptions(0, ConfigFactory.empty());
    }

    public JobOptions withParallelism(int newParallelism) {
        return new JobOptions(newParallelism, overrides);
    }

    public JobOptions withOverrides(Config newOverrides) {
        return new JobOptions(parallelism, newOverrides);
    }
}
