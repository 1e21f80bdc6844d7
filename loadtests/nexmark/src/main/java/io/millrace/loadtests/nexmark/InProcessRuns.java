// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import io.millrace.loadtests.nexmark.events.EventStream;
import io.millrace.loadtests.profile.Profiler;
import io.millrace.server.NodeStartException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs of one query on one engine in this JVM: those before, then the measured ones. */
final class InProcessRuns {
    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * @param progress where to say what goes on; called on any thread
     */
    InProcessRuns(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs them all, and hands over each measured result at once. */
    void run(EngineName name, Query query, Consumer<RunResult> results)
            throws RunFailedException, NodeStartException, IOException, InterruptedException {
        try (Engine engine = start(name)) {
            int job = 0;
            for (Query first : settings.before) {
                RunResult result = engine.run(settings.spec(first, ++job));
                progress.accept("before: " + result.text());
            }
            // Made before the recording begins: it is no work of the measured runs.
            EventStream.of(settings.seed, settings.eventsPerSecond);
            List<RunResult> measured = new ArrayList<>();
            try (Profiler profiler = settings.profile == null ? null : Profiler.start(settings.profile)) {
                for (int i = 0; i < settings.inProcessJobs; i++) {
                    RunResult result = engine.run(settings.spec(query, ++job));
                    measured.add(result);
                    results.accept(result);
                }
            }
            checkAgreement(measured);
        }
    }

    private Engine start(EngineName name) throws NodeStartException, IOException {
        return switch (name) {
            case LOOP -> new LoopEngine();
            case MILLRACE -> MillraceEngine.start(settings.checkpointInterval, progress);
        };
    }

    /** The same events have the same answer, on every engine and at every parallelism. */
    static void checkAgreement(List<RunResult> results) throws RunFailedException {
        for (RunResult result : results) {
            for (RunResult other : results) {
                if (result.query().equals(other.query())
                        && (result.results() != other.results()
                                || !result.checksum().equals(other.checksum()))) {
                    throw new RunFailedException(
                            "Runs of " + result.query() + " differ: " + result.text() + "; but " + other.text() + ".",
                            null);
                }
            }
        }
    }
}
