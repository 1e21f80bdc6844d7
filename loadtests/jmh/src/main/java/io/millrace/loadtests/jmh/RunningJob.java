// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import com.typesafe.config.Config;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.Millrace;
import io.millrace.server.MillraceNode;
import io.millrace.server.NodeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A job that runs without end in a node of this JVM. What is measured is the time in which a number of records arrive at
 * its sink; the measuring thread sleeps meanwhile, so that all cores are the job's. Confined to one thread.
 */
final class RunningJob implements AutoCloseable {
    /** Short against what is measured, long against the cost of a look. */
    private static final long LOOK_EVERY_NANOS = Duration.ofNanos(100_000).toNanos();

    private static final long STALLED_AFTER_NANOS = Duration.ofSeconds(30).toNanos();

    private final String label;
    private final Path dir;
    private final MillraceNode node;
    private final JobHandle handle;
    private final CompletableFuture<JobProgress> result;
    /** Ctrl-C leaves no directory behind, either. */
    private final Thread atExit = new Thread(this::end, "jmh-directory");

    private long target;

    private RunningJob(String label, Path dir, MillraceNode node, JobHandle handle) {
        this.label = label;
        this.dir = dir;
        this.node = node;
        this.handle = handle;
        this.result = handle.result().toCompletableFuture();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a node and the job, and waits for its first records.
     *
     * @param jobClass a job that ends in a {@link CountingSink} with the label that is its first argument
     * @param settings of the node, below {@code millrace}
     */
    static RunningJob start(Class<? extends StreamJob> jobClass, int parallelism, Config settings) throws Exception {
        Path dir = Files.createTempDirectory("millrace-jmh-");
        MillraceNode node = MillraceNode.start(NodeOptions.in(dir).withOverrides(settings));
        try {
            String label = jobClass.getSimpleName();
            JobHandle handle = Millrace.get(node.system())
                    .submit(
                            label,
                            jobClass,
                            JobArguments.of(label),
                            JobOptions.defaults().withParallelism(parallelism));
            RunningJob job = new RunningJob(label, dir, node, handle);
            job.await(1);
            return job;
        } catch (RuntimeException e) {
            node.close();
            delete(dir);
            throw e;
        }
    }

    /** Records are counted from now on: those that came while nobody measured do not count. */
    void begin() {
        target = CountingSink.published(label);
    }

    /** Returns when so many more records have arrived; those that came beyond are the next call's. */
    void await(long records) {
        target += records;
        long seen = -1;
        long seenNanos = System.nanoTime();
        while (true) {
            long arrived = CountingSink.published(label);
            if (arrived >= target) {
                return;
            }
            long now = System.nanoTime();
            if (arrived != seen) {
                seen = arrived;
                seenNanos = now;
            }
            if (result.isDone() || now - seenNanos > STALLED_AFTER_NANOS) {
                throw new IllegalStateException("The measured job " + label + " does not get on: "
                        + handle.progress().toCompletableFuture().join());
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Completed checkpoints, so that who measures their cost can see that there were some. */
    int completedCheckpoints() {
        return handle.progress().toCompletableFuture().join().completedCheckpoints();
    }

    @Override
    public void close() {
        handle.cancel().toCompletableFuture().join();
        result.join();
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, and finds nothing to do.
        }
    }

    private void end() {
        node.close();
        delete(dir);
    }

    private static void delete(Path dir) {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dir)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
