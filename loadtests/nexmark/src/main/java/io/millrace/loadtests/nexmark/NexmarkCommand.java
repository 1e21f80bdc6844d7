// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import io.millrace.loadtests.profile.Profiler;
import io.millrace.server.InvalidSettingException;
import io.millrace.server.NodeLogging;
import io.millrace.server.NodeStartException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/loadtest nexmark}. */
@Command(
        name = "loadtest nexmark",
        description = "Runs queries of the Nexmark benchmark and prints a line of JSON for each run.",
        footer = {
            "",
            "With more than one engine, query or run, each runs in a fresh JVM with the options of this one, in turn,"
                    + " and a table follows on standard error.",
            "MILLRACE_LOADTEST_JAVA_OPTS sets the options of the JVM; default: -Xms4g -Xmx12g -XX:+UseParallelGC.",
            "Exit codes: 0 done, 1 a run failed or answers differ, 2 wrong usage," + " 3 out of memory.",
        })
public final class NexmarkCommand implements Callable<Integer> {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private enum Output {
        JSON,
        TEXT
    }

    private final PrintStream out;
    private final PrintStream err;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            converter = EngineName.Converter.class,
            description = "millrace or loop; several with commas (default: millrace).")
    List<EngineName> engines = new ArrayList<>();

    @Option(
            names = "--query",
            paramLabel = "NAME",
            split = ",",
            required = true,
            converter = Query.Converter.class,
            description = "q0, q1, q2, q5, q7 or q18; several with commas.")
    List<Query> queries = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "R",
            description = "Times to run each engine and query (default: ${DEFAULT-VALUE}).")
    int runs = 1;

    @Option(names = "--output", paramLabel = "FORMAT", description = "json, a line a run, or text (default: json).")
    Output output = Output.JSON;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Mixin
    Settings settings = new Settings();

    private NexmarkCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        NodeLogging.silence();
        PrintStream out = System.out;
        // Standard output is for results, whatever a library prints.
        System.setOut(System.err);
        System.exit(execute(out, System.err, args));
    }

    /** Runs the command and returns its exit code. */
    static int execute(PrintStream out, PrintStream err, String... args) {
        NexmarkCommand command = new NexmarkCommand(out, err);
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((e, given) -> command.wrongUsage(e))
                .setExecutionExceptionHandler((e, line, parsed) -> command.failed(e))
                .execute(args);
    }

    @Override
    public Integer call() throws RunFailedException, NodeStartException, IOException, InterruptedException {
        String mistake = mistake();
        if (mistake != null) {
            throw new ParameterException(commandLine(), mistake);
        }
        requireWritableProfile();
        if (engines.isEmpty()) {
            engines = List.of(EngineName.MILLRACE);
        }
        if (engines.size() * queries.size() * runs == 1) {
            new InProcessRuns(settings, err::println).run(engines.get(0), queries.get(0), this::print);
            return DONE;
        }
        List<RunResult> results = new Comparison(settings, err::println).run(engines, queries, runs, this::print);
        err.print(new ComparisonTable(results).text());
        return DONE;
    }

    private @Nullable String mistake() {
        if (runs < 1) {
            return "--runs is 1 or more, not " + runs + ".";
        }
        if (queries.isEmpty()) {
            return "--query names no query.";
        }
        if (Set.copyOf(queries).size() < queries.size() || Set.copyOf(engines).size() < engines.size()) {
            return "--query and --engine name each once; --runs repeats them.";
        }
        return settings.mistake();
    }

    private void requireWritableProfile() {
        if (settings.profile == null) {
            return;
        }
        try {
            Profiler.checkWritable(settings.profile);
        } catch (IOException e) {
            throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("The command line is not parsed yet");
        }
        return spec.commandLine();
    }

    private void print(RunResult result) {
        out.println(output == Output.JSON ? result.json() : result.text());
        out.flush();
    }

    private int wrongUsage(ParameterException e) {
        err.println(e.getMessage());
        err.println("Try 'bin/loadtest nexmark --help'.");
        return USAGE;
    }

    private int failed(Exception e) {
        boolean expected = e instanceof RunFailedException || e instanceof NodeStartException;
        err.println(expected ? e.getMessage() : "The load test failed unexpectedly: " + e);
        if (!expected) {
            e.printStackTrace(err);
        }
        return e instanceof InvalidSettingException ? USAGE : FAILED;
    }
}
