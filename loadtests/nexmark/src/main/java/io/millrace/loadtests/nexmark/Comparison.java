// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs several engines and queries in turn, several times, each in a fresh JVM with the options of this one: so that all
 * see the same weather, and none what another left behind.
 */
final class Comparison {
    private static final long PATIENCE_SECONDS = 10;

    private final Settings settings;
    private final Consumer<String> progress;

    Comparison(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** One JVM's work. */
    private record Turn(EngineName engine, Query query, int run) {
        private String name() {
            return query + "-" + engine + "-" + run;
        }
    }

    /** Runs them all: a query after the other, its engines in turn. Hands over each result at once. */
    List<RunResult> run(List<EngineName> engines, List<Query> queries, int runs, Consumer<RunResult> results)
            throws RunFailedException, IOException, InterruptedException {
        List<Turn> turns = new ArrayList<>();
        for (Query query : queries) {
            for (int run = 1; run <= runs; run++) {
                for (EngineName engine : engines) {
                    turns.add(new Turn(engine, query, run));
                }
            }
        }
        List<RunResult> all = new ArrayList<>();
        for (Turn turn : turns) {
            progress.accept("Run " + (turns.indexOf(turn) + 1) + " of " + turns.size() + ": " + turn.query() + " on "
                    + turn.engine());
            runOne(turn, result -> {
                all.add(result);
                results.accept(result);
            });
        }
        InProcessRuns.checkAgreement(all);
        return all;
    }

    private void runOne(Turn turn, Consumer<RunResult> results)
            throws RunFailedException, IOException, InterruptedException {
        Process process = new ProcessBuilder(commandLine(turn))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Who ends this process, by Ctrl-C or alone, ends its run too, and gets the prompt back when all is cleared
        // away.
        Thread atExit = new Thread(() -> end(process), "nexmark-run");
        Runtime.getRuntime().addShutdownHook(atExit);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                results.accept(RunResult.fromJson(line));
            }
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new RunFailedException(
                        "The process of " + turn.name() + " ended with exit code " + exitCode + ".", null);
            }
        } catch (JsonProcessingException e) {
            throw new RunFailedException(
                    "The process of " + turn.name() + " printed what is no result: " + e.getOriginalMessage()
                            + ". Its standard output is for results: let the JVM log elsewhere, as with"
                            + " -Xlog:gc:stderr.",
                    e);
        } finally {
            process.destroy();
            forget(atExit);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs.
        }
    }

    private List<String> commandLine(Turn turn) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(NexmarkCommand.class.getName());
        command.add("--engine=" + turn.engine());
        command.add("--query=" + turn.query());
        command.add("--output=json");
        command.addAll(settings.asArguments(profileOf(turn)));
        return command;
    }

    private @Nullable Path profileOf(Turn turn) {
        return settings.profile == null ? null : settings.profile.resolve(turn.name());
    }
}
