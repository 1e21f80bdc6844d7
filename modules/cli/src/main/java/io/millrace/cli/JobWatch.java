// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobProgress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Waits for the end of a job and calls a display meanwhile. */
final class JobWatch {
    /** Shows how a job is doing; called from the watching thread about once a period. */
    @FunctionalInterface
    interface Display {
        void show(JobProgress progress, long nowNs);
    }

    /** Coordinators report every few seconds at least; one that is silent for so long cannot work. */
    private static final long LONGEST_SILENCE_NS = TimeUnit.SECONDS.toNanos(30);

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
     * @throws JobLostException when its end cannot be learned, because the node is closed or the coordinator is
     *     gone or silent
     */
    JobReport untilEnd(JobHandle job, Display display) throws InterruptedException, JobLostException {
        long startNs = clockNs.getAsLong();
        AtomicReference<JobProgress> latest = new AtomicReference<>();
        AtomicLong heardNs = new AtomicLong(startNs);
        job.onProgress(progress -> {
            latest.set(progress);
            heardNs.set(clockNs.getAsLong());
        });
        CompletableFuture<JobProgress> end = job.result().toCompletableFuture();
        while (true) {
            try {
                JobProgress last = end.get(periodMs, TimeUnit.MILLISECONDS);
                return new JobReport(job.id(), last, job.resumed(), clockNs.getAsLong() - startNs);
            } catch (TimeoutException e) {
                checkSilence(job, clockNs.getAsLong() - heardNs.get());
                JobProgress progress = latest.get();
                if (progress != null) {
                    display.show(progress, clockNs.getAsLong());
                }
            } catch (ExecutionException e) {
                throw new JobLostException(job.id(), e.getCause());
            }
        }
    }

    private static void checkSilence(JobHandle job, long silenceNs) throws JobLostException {
        if (silenceNs > LONGEST_SILENCE_NS) {
            throw new JobLostException(
                    job.id(),
                    new TimeoutException("its coordinator has been silent for " + ProgressText.seconds(silenceNs)
                            + ", as it is when its journal cannot be written; is the disk full?"
                            + " The node's log says more"));
        }
    }
}
