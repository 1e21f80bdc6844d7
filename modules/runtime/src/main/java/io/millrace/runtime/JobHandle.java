// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Watches and steers one job. Thread-safe. Stages fail when the coordinator does not answer in time. */
public interface JobHandle {
    /** Equal to the job's name in this version: a name is one job of a cluster. */
    String id();

    /** True when the job was there already and goes on from its last completed checkpoint. */
    boolean resumed();

    CompletionStage<JobProgress> progress();

    /**
     * Calls {@code listener} with every progress message until the job ends, on a thread of the actor system, which it
     * must not block.
     */
    void onProgress(Consumer<JobProgress> listener);

    /** Stops the job without a checkpoint; completes when the cancellation is journalled. */
    CompletionStage<JobStatus> cancel();

    /** Completes when the job has ended, with its last progress; never exceptionally because the job failed. */
    CompletionStage<JobProgress> result();
}
