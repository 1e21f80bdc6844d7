// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * What was measured of one benchmark with one choice of its parameters.
 *
 * @param benchmark the class and method, with the package
 * @param parameters values by name
 * @param nanos nanoseconds a record, one value an iteration, those of all forks together; not empty
 */
record Timing(String benchmark, SortedMap<String, String> parameters, List<Double> nanos) {
    double median() {
        return quantile(0.5);
    }

    /** The distance between the quartiles: the middle half of the iterations lies within. */
    double spread() {
        return quantile(0.75) - quantile(0.25);
    }

    private double quantile(double share) {
        double[] sorted = nanos.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
