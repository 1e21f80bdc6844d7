// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the micro-benchmarks. */
@Command(
        name = "loadtest jmh",
        description = {
            "Measures the engine's path of a record, each piece beside the loop a person would write for it.",
            "Results are nanoseconds a record and, for comparisons, the ratio to that loop."
        },
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:measured; compared, nothing got slower",
            "1:compared, something got slower",
            "2:wrong usage, no usable baseline, or a benchmark failed",
            "3:out of memory"
        })
public final class BenchmarkCommand implements Callable<Integer> {
    /** Nothing was measured, for a reason that the message gives in words. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }

        Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** How results are printed. */
    enum Output {
        TEXT,
        JSON
    }

    private static final int SLOWER = 1;
    private static final int FAILED = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;

    @Parameters(
            arity = "0..1",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "Measure the benchmarks in whose name it is found, and their calibrations; default: all.")
    String pattern;

    @Option(names = "--quick", description = "Less than three minutes in place of twelve, and less exact.")
    boolean quick;

    @Option(names = "--output", description = "text or json; default: text.", defaultValue = "text")
    Output output;

    @Option(names = "--save", description = "Keep the ratios as the baseline.")
    boolean save;

    @Option(names = "--compare", description = "Tell what has moved against the baseline.")
    boolean compare;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "The baseline's file; default: loadtests/jmh/baseline.json of the checkout.")
    @Nullable
    Path baselineFile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    BenchmarkCommand(PrintStream out, PrintStream err, Path home) {
        this.out = out;
        this.err = err;
        this.home = home;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("millrace.home", ""));
        PrintStream out = System.out;
        // Standard output is for results, whatever a library prints.
        System.setOut(System.err);
        System.exit(execute(out, System.err, home, args));
    }

    /** Runs the command and returns its exit code. */
    static int execute(PrintStream out, PrintStream err, Path home, String... args) {
        return new CommandLine(new BenchmarkCommand(out, err, home))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    boolean expected = e instanceof Failure || e instanceof BaselineException;
                    err.println(expected ? e.getMessage() : "The measurement failed unexpectedly: " + e);
                    return FAILED;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Failure, BaselineException {
        requireSensible();
        // First: twelve minutes are a long time to learn that there is none, or that none can be kept.
        Baseline before = compare ? Baseline.read(file()) : null;
        Path target = save ? file() : null;
        if (target != null) {
            Baseline.requireWritable(target);
        }
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        List<Result> results = Result.of(new Measurer(err).measure(pattern, effort), Measurer::isCalibration);
        Comparison comparison =
                before == null ? null : Comparison.of(before, results, effort.leastDifference(), pattern.isEmpty());
        if (output == Output.JSON) {
            out.println(json(results, comparison));
        } else {
            out.println(ResultText.of(results));
            if (before != null && comparison != null) {
                out.println(ResultText.of(comparison, before));
            }
        }
        if (target != null) {
            Baseline.of(results).write(target);
            err.println("The ratios are kept in " + target + ".");
        }
        return comparison != null && comparison.hasSlower() ? SLOWER : 0;
    }

    private void requireSensible() throws Failure {
        if (save && compare) {
            throw new Failure("Choose one of --save and --compare: compare first, then decide what to keep.");
        }
        if (save && (quick || !pattern.isEmpty())) {
            throw new Failure(
                    "A baseline holds all benchmarks, measured well: use --save without --quick or a pattern.");
        }
    }

    private Path file() throws Failure {
        if (baselineFile != null) {
            return baselineFile;
        }
        Path module = home.resolve("loadtests").resolve("jmh");
        if (!Files.isDirectory(module)) {
            throw new Failure("The folder loadtests/jmh, where the baseline is kept, is not here. Start from the"
                    + " checkout's folder, or name the baseline's file with --baseline FILE.");
        }
        return module.resolve("baseline.json");
    }

    private static String json(List<Result> results, @Nullable Comparison comparison) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("jdk", Baseline.jdkHere());
        all.put("cores", Baseline.coresHere());
        all.put("results", results);
        if (comparison != null) {
            all.put("comparison", comparison);
        }
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The results have no JSON form.", e);
        }
    }
}
