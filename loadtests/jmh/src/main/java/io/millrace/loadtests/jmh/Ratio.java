// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.util.Locale;

/**
 * How many times the time of its calibration a benchmark takes.
 *
 * @param value more than 0
 * @param spread how far the value is uncertain, in the same unit, 0 or more
 */
record Ratio(double value, double spread) {
    Ratio {
        if (!(value > 0) || !(spread >= 0) || Double.isInfinite(value) || Double.isInfinite(spread)) {
            throw new IllegalArgumentException(
                    "A ratio is more than 0 and its spread 0 or more, not " + value + " with a spread of " + spread);
        }
    }

    /** The ratio of two medians; the relative spreads of both add up. */
    static Ratio of(Timing measured, Timing calibration) {
        double value = measured.median() / calibration.median();
        double relative = measured.spread() / measured.median() + calibration.spread() / calibration.median();
        return new Ratio(value, value * relative);
    }

    /** Such as {@code 8.10 ± 0.25}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f ± %.2f", value, spread);
    }
}
