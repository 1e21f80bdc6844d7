// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobProgress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Waits for the end of a job and calls a display meanwhile. */
final class JobWatch {
    /** Shows how a job is doing; called from the watching thread about once a period. */
    @FunctionalInterface
    interface Display {
        void show(JobProgress progress, long nowNs);
    }

    private final LongSupplier clockNs;
    private final long periodMs;

    /**
     * @param clockNs such as {@link System#nanoTime}
     * @param periodMs time between two calls of the display
     */
    JobWatch(LongSupplier clockNs, long periodMs) {
        this.clockNs = clockNs;
        this.periodMs = periodMs;
    }

    /**
     * Blocks until the job has ended.
     *
     * @throws JobLostException when its end cannot be learned, because the node is closed or the coordinator is gone
     */
    JobReport untilEnd(JobHandle job, Display display) throws InterruptedException, JobLostException {
        long startNs = clockNs.getAsLong();
        AtomicReference<JobProgress> latest = new AtomicReference<>();
        job.onProgress(latest::set);
        CompletableFuture<JobProgress> end = job.result().toCompletableFuture();
        while (true) {
            try {
                JobProgress last = end.get(periodMs, TimeUnit.MILLISECONDS);
                return new JobReport(job.id(), last, job.resumed(), clockNs.getAsLong() - startNs);
            } catch (TimeoutException e) {
                JobProgress progress = latest.get();
                if (progress != null) {
                    display.show(progress, clockNs.getAsLong());
                }
            } catch (ExecutionException e) {
                throw new JobLostException(job.id(), e.getCause());
            }
        }
    }
}
