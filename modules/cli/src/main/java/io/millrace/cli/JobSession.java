// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobHandle;
import io.millrace.server.MillraceNode;
import io.millrace.server.NodeOptions;
import io.millrace.server.NodeStartException;
import java.util.concurrent.CountDownLatch;

/** One node with one job in this process, from the start to the job's end. */
final class JobSession {
    private final StatusLine status;
    private final long periodMs;

    /**
     * @param status where to say what goes on
     * @param periodMs time between two calls of the display
     */
    JobSession(StatusLine status, long periodMs) {
        this.status = status;
        this.periodMs = periodMs;
    }

    /**
     * Runs the job. Blocks until it has ended, or for ever where the process is being stopped meanwhile: the thread that
     * stops it ends the process, too.
     */
    JobReport run(NodeOptions options, JobRequest request, JobWatch.Display display)
            throws NodeStartException, JobLostException, InterruptedException {
        Thread.currentThread().setContextClassLoader(request.type().getClassLoader());
        try (MillraceNode node = MillraceNode.start(options);
                Interrupts interrupts = Interrupts.install(() -> stop(node))) {
            try {
                JobHandle job = request.submitTo(node);
                if (job.resumed()) {
                    status.say("Going on with the job '" + job.id() + "' of " + node.dir() + ".");
                }
                FailureNotes failures =
                        new FailureNotes(status, node.dir().resolve("logs").toString());
                JobReport report = new JobWatch(System::nanoTime, periodMs).untilEnd(job, (progress, nowNs) -> {
                    if (!interrupts.stopping()) {
                        failures.tell(progress, nowNs);
                        display.show(progress, nowNs);
                    }
                });
                // A job may fail, recover and end between two calls of the display.
                failures.tell(report.progress(), System.nanoTime());
                return report;
            } catch (JobLostException | RuntimeException e) {
                if (interrupts.stopping()) {
                    new CountDownLatch(1).await();
                }
                throw e;
            }
        }
    }

    private void stop(MillraceNode node) {
        status.say("Stopping. Started again with the same --dir and --name, the job goes on from its last checkpoint.");
        node.close();
    }
}
