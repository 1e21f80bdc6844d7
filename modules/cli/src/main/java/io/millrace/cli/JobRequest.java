// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.typesafe.config.ConfigFactory;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.Millrace;
import io.millrace.server.MillraceNode;

/**
 * A job to be run.
 *
 * @param name its name in the node's directory
 * @param type its class
 * @param args what comes after {@code --}
 * @param parallelism as asked for, or 0
 */
record JobRequest(String name, Class<? extends StreamJob> type, JobArguments args, int parallelism) {
    static final int MAX_PARALLELISM = 32_768;

    static int checkedParallelism(int parallelism) throws UsageException {
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw new UsageException("A parallelism is 1 to " + MAX_PARALLELISM + ", not " + parallelism + ".");
        }
        return parallelism;
    }

    JobHandle submitTo(MillraceNode node) {
        return Millrace.get(node.system()).submit(name, type, args, new JobOptions(parallelism, ConfigFactory.empty()));
    }
}
