// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Says which benchmark is being measured, a line each; keeps the rest of what is said for the case of a failure. */
final class ProgressLines implements OutputFormat {
    private static final int LINES_KEPT = 40;

    private final PrintStream out;
    private final int total;
    private final Deque<String> kept = new ArrayDeque<>();
    private String current = "";
    private int number;

    /**
     * @param total benchmarks to come, each choice of parameters counted
     */
    ProgressLines(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    static ProgressLines silent() {
        return new ProgressLines(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), 0);
    }

    /** The last lines that were said, such as the stack trace of a benchmark that failed. */
    synchronized String lastWords() {
        return String.join("\n", kept);
    }

    @Override
    public synchronized void startBenchmark(BenchmarkParams params) {
        TreeMap<String, String> parameters = new TreeMap<>();
        params.getParamsKeys().forEach(name -> parameters.put(name, params.getParam(name)));
        String name = (Result.shortName(params.getBenchmark()) + " " + Result.text(parameters)).strip();
        if (!name.equals(current)) {
            current = name;
            number++;
            out.println("[" + number + "/" + total + "] " + name);
        }
    }

    @Override
    public synchronized void println(String line) {
        kept.add(line);
        if (kept.size() > LINES_KEPT) {
            kept.remove();
        }
    }

    @Override
    public void print(String text) {
        println(text);
    }

    @Override
    public void verbosePrintln(String line) {
        println(line);
    }

    @Override
    public void write(int value) {}

    @Override
    public void write(byte[] bytes) {
        println(new String(bytes, StandardCharsets.UTF_8).strip());
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {}

    @Override
    public void endBenchmark(BenchmarkResult result) {}

    @Override
    public void startRun() {}

    @Override
    public void endRun(Collection<RunResult> results) {}

    @Override
    public void flush() {
        out.flush();
    }

    /** The stream is its owner's. */
    @Override
    public void close() {
        out.flush();
    }
}
