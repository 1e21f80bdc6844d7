// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.loadtests.jmh.BenchmarkCommand.Failure;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks, each in JVMs of its own. */
final class Measurer {
    private static final int UNSAFE_WARNS_SINCE = 23;

    private final PrintStream progress;

    /**
     * @param progress where to say what is being measured
     */
    Measurer(PrintStream progress) {
        this.progress = progress;
    }

    /**
     * Measures the benchmarks in whose name the pattern is found, and their calibrations.
     *
     * @param pattern a regular expression; an empty one finds all
     * @throws Failure when the pattern finds none, or a benchmark fails
     */
    List<Timing> measure(String pattern, Effort effort) throws Failure {
        Set<BenchmarkListEntry> chosen = choose(pattern);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(effort.forks())
                .warmupIterations(effort.warmups())
                .warmupTime(effort.warmup())
                .measurementIterations(effort.measurements())
                .measurementTime(effort.measurement())
                .jvmArgs(jvmOptions(Runtime.version().feature()).toArray(String[]::new))
                .shouldFailOnError(true);
        for (BenchmarkListEntry entry : chosen) {
            options.include("^" + Pattern.quote(entry.getUsername()) + "$");
        }
        ProgressLines lines = new ProgressLines(
                progress,
                chosen.stream().mapToInt(Measurer::choicesOfParameters).sum());
        try {
            return new Runner(options.build(), lines)
                    .run().stream().map(Measurer::timingOf).toList();
        } catch (RunnerException e) {
            throw new Failure("The measurement failed: " + e.getMessage() + "\n" + lines.lastWords(), e);
        }
    }

    /** What the measured JVMs are started with: the same whatever this one was started with, and what bin/millrace sets. */
    static List<String> jvmOptions(int javaVersion) {
        List<String> options =
                new ArrayList<>(List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:InlineSmallCode=10000"));
        if (javaVersion >= UNSAFE_WARNS_SINCE) {
            options.add("--sun-misc-unsafe-memory-access=allow");
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        return options;
    }

    /** Class and method of every benchmark. */
    static List<String> all() {
        return entries().stream().map(BenchmarkListEntry::getUsername).toList();
    }

    private static Set<BenchmarkListEntry> entries() {
        return BenchmarkList.defaultList().getAll(ProgressLines.silent(), List.of());
    }

    private static Set<BenchmarkListEntry> choose(String pattern) throws Failure {
        Set<BenchmarkListEntry> all = entries();
        Pattern wanted;
        try {
            wanted = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new Failure("'" + pattern + "' is no regular expression: " + e.getDescription() + ".", e);
        }
        Set<String> classes = new TreeSet<>();
        Set<BenchmarkListEntry> chosen = new TreeSet<>();
        for (BenchmarkListEntry entry : all) {
            if (wanted.matcher(Result.shortName(entry.getUsername())).find()) {
                chosen.add(entry);
                classes.add(entry.getUserClassQName());
            }
        }
        if (chosen.isEmpty()) {
            throw new Failure("No benchmark's name has '" + pattern + "' in it. There are: "
                    + String.join(
                            ", ",
                            all.stream()
                                    .map(entry -> Result.shortName(entry.getUsername()))
                                    .sorted()
                                    .toList())
                    + ".");
        }
        for (BenchmarkListEntry entry : all) {
            if (classes.contains(entry.getUserClassQName()) && isCalibration(entry.getUsername())) {
                chosen.add(entry);
            }
        }
        return chosen;
    }

    private static int choicesOfParameters(BenchmarkListEntry entry) {
        return entry.getParams().orElse(Map.of()).values().stream()
                .mapToInt(values -> values.length)
                .reduce(1, (left, right) -> left * right);
    }

    /** True when other benchmarks of its class are divided by this one. */
    static boolean isCalibration(String benchmark) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        try {
            Method[] methods = Class.forName(Result.classOf(benchmark)).getDeclaredMethods();
            return Arrays.stream(methods)
                    .anyMatch(candidate ->
                            candidate.getName().equals(method) && candidate.isAnnotationPresent(Calibration.class));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The benchmark " + benchmark + " was compiled, but is not there.", e);
        }
    }

    private static Timing timingOf(RunResult run) {
        TreeMap<String, String> parameters = new TreeMap<>();
        for (String name : run.getParams().getParamsKeys()) {
            parameters.put(name, run.getParams().getParam(name));
        }
        List<Double> nanos = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                nanos.add(iteration.getPrimaryResult().getScore());
            }
        }
        return new Timing(run.getParams().getBenchmark(), parameters, List.copyOf(nanos));
    }
}
