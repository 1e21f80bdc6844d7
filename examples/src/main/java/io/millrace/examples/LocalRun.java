// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.Millrace;
import io.millrace.server.MillraceNode;
import io.millrace.server.NodeOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a job on a node in this process until it ends: what a {@code main} needs, and a debugger likes. */
final class LocalRun {
    private LocalRun() {}

    /** The node keeps its files in a new directory below the system's temporary one. */
    static void of(Class<? extends StreamJob> job, String... args) throws Exception {
        Path directory = Files.createTempDirectory("millrace-");
        try (MillraceNode node = MillraceNode.start(NodeOptions.in(directory))) {
            JobProgress end = Millrace.get(node.system())
                    .submit(job.getSimpleName(), job, JobArguments.of(args), JobOptions.defaults())
                    .result()
                    .toCompletableFuture()
                    .get();
            if (end.status() != JobStatus.FINISHED) {
                throw new IllegalStateException(
                        "The job " + job.getSimpleName() + " is " + end.status() + ": " + end.failure());
            }
        }
    }
}
