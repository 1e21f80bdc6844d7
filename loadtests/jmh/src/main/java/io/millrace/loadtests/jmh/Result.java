// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of the results.
 *
 * @param name class and method without package and suffix, such as {@code Chain.loop}
 * @param parameters values by name
 * @param nanos nanoseconds a record, the median
 * @param spread of the nanoseconds
 * @param ratio to the calibration; null for calibrations themselves
 */
record Result(
        String name,
        SortedMap<String, String> parameters,
        double nanos,
        double spread,
        @Nullable Ratio ratio) {
    private static final String SUFFIX = "Benchmark";

    /**
     * Puts each timing beside that of its class's calibration which has the same values of the parameters that both
     * have.
     *
     * @param isCalibration answers for a benchmark's class and method
     */
    static List<Result> of(List<Timing> timings, Predicate<String> isCalibration) {
        List<Result> results = new ArrayList<>();
        for (Timing timing : timings) {
            Ratio ratio = null;
            if (!isCalibration.test(timing.benchmark())) {
                Timing calibration = timings.stream()
                        .filter(other -> isCalibration.test(other.benchmark()) && belongs(other, timing))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                timing.benchmark() + " was measured without its calibration."));
                ratio = Ratio.of(timing, calibration);
            }
            results.add(new Result(
                    shortName(timing.benchmark()), timing.parameters(), timing.median(), timing.spread(), ratio));
        }
        return results;
    }

    private static boolean belongs(Timing calibration, Timing timing) {
        boolean sameClass = classOf(calibration.benchmark()).equals(classOf(timing.benchmark()));
        return sameClass
                && calibration.parameters().entrySet().stream().allMatch(parameter -> parameter
                        .getValue()
                        .equals(timing.parameters().getOrDefault(parameter.getKey(), parameter.getValue())));
    }

    static String classOf(String benchmark) {
        return benchmark.substring(0, benchmark.lastIndexOf('.'));
    }

    /** The name for people of a benchmark's class and method. */
    static String shortName(String benchmark) {
        String type = classOf(benchmark);
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String method = benchmark.substring(benchmark.lastIndexOf('.'));
        return (simple.endsWith(SUFFIX) ? simple.substring(0, simple.length() - SUFFIX.length()) : simple) + method;
    }

    /** Such as {@code batchSize=16}, several divided by blanks. */
    static String text(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
    }
}
