// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * How a job is to run.
 *
 * @param parallelism subtasks of operators that set none of their own; 0 takes the configured default
 * @param overrides settings below {@code millrace}, such as {@code checkpointing.interval}, that differ for this job
 */
public record JobOptions(int parallelism, Config overrides) {
    public JobOptions {
        if (parallelism < 0 || parallelism > 32_768) {
            throw new IllegalArgumentException("A parallelism is 1 to 32768, or 0 for the default, not " + parallelism);
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
