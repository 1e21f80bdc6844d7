// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How thoroughly to measure.
 *
 * @param forks JVMs, one after the other, for each benchmark
 * @param warmups iterations that do not count, in each of them
 * @param measurements iterations that count
 * @param warmup length of an iteration that does not count
 * @param measurement length of one that counts
 * @param leastDifference share of a ratio below which a difference to the baseline means nothing
 */
record Effort(
        int forks, int warmups, int measurements, TimeValue warmup, TimeValue measurement, double leastDifference) {
    /** Less than twelve minutes for everything on two cores. */
    static final Effort FULL = new Effort(2, 3, 4, TimeValue.seconds(1), TimeValue.seconds(1), 0.15);

    /** Less than three. */
    static final Effort QUICK = new Effort(1, 2, 3, TimeValue.seconds(1), TimeValue.milliseconds(400), 0.3);
}
