// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.api.JobArguments;
import io.millrace.loadtests.nexmark.events.EventStream;
import io.millrace.loadtests.nexmark.results.Measurement;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobRejectedException;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.Millrace;
import io.millrace.server.MillraceNode;
import io.millrace.server.NodeOptions;
import io.millrace.server.NodeStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs queries as jobs of a node in this process, in a directory of its own. The directory is deleted in the end, unless
 * a run failed: its logs then say more.
 */
final class MillraceEngine implements Engine {
    private static final long PATIENCE_SECONDS = 5;
    private static final long PROGRESS_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    private final Path directory;
    private final MillraceNode node;
    private final Consumer<String> progress;
    /** Ctrl-C leaves no directory behind, either. */
    private final Thread atExit = new Thread(this::interrupted, "nexmark-directory");

    private volatile boolean failed;

    private MillraceEngine(Path directory, MillraceNode node, Consumer<String> progress) {
        this.directory = directory;
        this.node = node;
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a node.
     *
     * @param checkpointInterval such as {@code 5s}
     * @param progress where to say what goes on when a run is long; called on any thread
     * @throws NodeStartException when it does not start, in words
     */
    static MillraceEngine start(String checkpointInterval, Consumer<String> progress)
            throws NodeStartException, IOException {
        Config overrides = ConfigFactory.parseMap(Map.of(
                "checkpointing.interval", checkpointInterval,
                "state.backend", "memory",
                // A run with a recovery in it measures nothing.
                "restart-strategy.type", "none"));
        Path directory = Files.createTempDirectory("millrace-nexmark-");
        try {
            return new MillraceEngine(
                    directory, MillraceNode.start(NodeOptions.in(directory).withOverrides(overrides)), progress);
        } catch (NodeStartException | RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    @Override
    public RunResult run(RunSpec spec) throws RunFailedException, InterruptedException {
        String name = spec.query() + "-" + spec.job();
        // Made before the job is: it is no work of the engine's.
        EventStream.of(spec.seed(), spec.eventsPerSecond());
        Measurement measurement = Measurement.of(name);
        try {
            Measurement.warmUp();
            long submittedNs = System.nanoTime();
            JobHandle job = submit(name, spec);
            job.onProgress(new Reports(name));
            JobProgress last = job.result().toCompletableFuture().get();
            Measurement.Moment end = Measurement.Moment.now();
            check(name, last);
            return RunResult.of(
                    EngineName.MILLRACE,
                    spec,
                    spec.parallelism(),
                    last.completedCheckpoints(),
                    measurement,
                    submittedNs,
                    end);
        } catch (ExecutionException e) {
            failed = true;
            throw new RunFailedException("The end of the job '" + name + "' cannot be learned: " + e.getCause(), e);
        } finally {
            Measurement.forget(name);
        }
    }

    private JobHandle submit(String name, RunSpec spec) throws RunFailedException {
        JobArguments args = JobArguments.of(List.of(
                "--label=" + name,
                "--events=" + spec.events(),
                "--seed=" + spec.seed(),
                "--events-per-second=" + spec.eventsPerSecond()));
        try {
            return Millrace.get(node.system())
                    .submit(
                            name,
                            spec.query().job(),
                            args,
                            JobOptions.defaults().withParallelism(spec.parallelism()));
        } catch (JobRejectedException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private void check(String name, JobProgress last) throws RunFailedException {
        if (last.status() != JobStatus.FINISHED || last.restarts() > 0 || last.lateRecords() > 0) {
            failed = true;
            throw new RunFailedException(
                    "The job '" + name + "' is " + last.status() + " after " + last.restarts() + " restarts, with "
                            + last.lateRecords() + " late records"
                            + (last.failure() == null ? "" : ": " + last.failure()) + ". Its node's logs are kept in "
                            + directory.resolve("logs") + ".",
                    null);
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, and finds nothing to do.
        }
    }

    private void end() {
        node.close();
        if (!failed) {
            delete(directory);
        }
    }

    /** A run that fails because its node is ended says nothing that is worth keeping. */
    private void interrupted() {
        node.close();
        try {
            // The run's own thread may be closing the node, which makes the call above return at once.
            node.system().getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            progress.accept(
                    "The node did not end within " + PATIENCE_SECONDS + " s; files may be left in " + directory + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    /** What is left behind is small, and in the directory for temporary files. */
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    /** Says how a job is doing, now and then. */
    private final class Reports implements Consumer<JobProgress> {
        private final String name;
        private final AtomicLong lastNs = new AtomicLong(System.nanoTime());

        private Reports(String name) {
            this.name = name;
        }

        @Override
        public void accept(JobProgress report) {
            long nowNs = System.nanoTime();
            long last = lastNs.get();
            if (nowNs - last >= PROGRESS_EVERY_NS && lastNs.compareAndSet(last, nowNs)) {
                progress.accept(name + ": " + report.status() + ", " + report.recordsRead() + " events read, "
                        + report.completedCheckpoints() + " checkpoints");
            }
        }
    }
}
