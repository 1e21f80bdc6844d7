// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a run, the same in this JVM and in those that it starts. */
final class Settings {
    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of each operator (default: ${DEFAULT-VALUE}). The loop has one thread, always.")
    int parallelism = 1;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events to read, bids and others (default: ${DEFAULT-VALUE}).")
    long events = 10_000_000;

    @Option(
            names = "--events-per-second",
            paramLabel = "N",
            description = "Events in a second of event time (default: ${DEFAULT-VALUE}).")
    long eventsPerSecond = 10_000;

    @Option(names = "--seed", paramLabel = "N", description = "Of the events (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            description = "Time between checkpoints (default: ${DEFAULT-VALUE}); 0s takes none but the last.")
    String checkpointInterval = "5s";

    @Option(
            names = "--in-process-jobs",
            paramLabel = "K",
            description = "Run a query so many times, one after the other in one JVM; a line each.")
    int inProcessJobs = 1;

    @Option(
            names = "--before",
            paramLabel = "QUERY",
            split = ",",
            converter = Query.Converter.class,
            description = "Run these queries first in the same JVM, without a line.")
    List<Query> before = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Write flame graphs of the measured runs there; where there are several, a folder each.")
    @Nullable
    Path profile;

    /** Says what is wrong, or null. */
    @Nullable
    String mistake() {
        if (parallelism < 1 || parallelism > 32_768) {
            return "--parallelism is 1 to 32768, not " + parallelism + ".";
        }
        if (events < 1) {
            return "--events is 1 or more, not " + events + ".";
        }
        if (eventsPerSecond < 1 || eventsPerSecond > 1_000_000_000) {
            return "--events-per-second is 1 to 1000000000, not " + eventsPerSecond + ".";
        }
        if (!isDuration(checkpointInterval)) {
            return "--checkpoint-interval is a time such as 10s or 500ms, or 0s, not " + checkpointInterval + ".";
        }
        return inProcessJobs < 1 ? "--in-process-jobs is 1 or more, not " + inProcessJobs + "." : null;
    }

    private static boolean isDuration(String text) {
        try {
            return !ConfigFactory.parseMap(Map.of("interval", text))
                    .getDuration("interval")
                    .isNegative();
        } catch (ConfigException e) {
            return false;
        }
    }

    RunSpec spec(Query query, int job) {
        return new RunSpec(query, job, parallelism, events, seed, eventsPerSecond);
    }

    /** The same as a command line, for a JVM of its own. */
    List<String> asArguments(@Nullable Path profileInto) {
        List<String> arguments = new ArrayList<>(List.of(
                "--parallelism=" + parallelism,
                "--events=" + events,
                "--events-per-second=" + eventsPerSecond,
                "--seed=" + seed,
                "--checkpoint-interval=" + checkpointInterval,
                "--in-process-jobs=" + inProcessJobs));
        if (!before.isEmpty()) {
            arguments.add("--before="
                    + String.join(",", before.stream().map(Query::toString).toList()));
        }
        if (profileInto != null) {
            arguments.add("--profile=" + profileInto);
        }
        return arguments;
    }
}
